import { persistentSubscriptionToStreamSettingsFromDefaults } from '@eventstore/db-client';
import { OperationsClient } from '@eventstore/db-client/generated/operations_grpc_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { UsersClient } from '@eventstore/db-client/generated/users_grpc_pb';
import { DetailsReq } from '@eventstore/db-client/generated/users_pb';
import { credentials, status } from '@grpc/grpc-js';

import { collect, type Connected, connectedNode } from './support';

let connected: Connected;
beforeAll(async () => (connected = await connectedNode()));
afterAll(() => connected.close());

const address = () => `${connected.node.host}:${connected.node.port}`;

describe('given something this node leaves out', () => {
  it.each([
    [
      'a persistent subscription',
      () =>
        connected.client.createPersistentSubscriptionToStream(
          's',
          'group',
          persistentSubscriptionToStreamSettingsFromDefaults(),
        ),
      /Use a catch-up subscription/,
    ],
    ['a server projection', () => connected.client.getProjectionStatus('$by_category'), /project in the application/],
    [
      'the users',
      () =>
        collect(
          new UsersClient(address(), credentials.createInsecure()).details(new DetailsReq()) as AsyncIterable<unknown>,
        ),
      /This node has no users/,
    ],
    [
      'a remote shutdown',
      () =>
        new Promise((resolve, reject) => {
          new OperationsClient(address(), credentials.createInsecure()).shutdown(new Empty(), (error) => {
            if (error) reject(error);
            else resolve(undefined);
          });
        }),
      /Stop it with SIGTERM/,
    ],
  ])('when %s is asked for, the answer is UNIMPLEMENTED and says what to use', async (_, ask, sentence) => {
    const asked = ask();
    await expect(asked).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
    await expect(asked).rejects.toThrow(sentence);
  });
});
