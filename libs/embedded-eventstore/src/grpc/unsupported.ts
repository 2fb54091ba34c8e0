import { status, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { MonitoringService } from '@eventstore/db-client/generated/monitoring_grpc_pb';
import { OperationsService } from '@eventstore/db-client/generated/operations_grpc_pb';
import { PersistentSubscriptionsService } from '@eventstore/db-client/generated/persistent_grpc_pb';
import { ProjectionsService } from '@eventstore/db-client/generated/projections_grpc_pb';
import { UsersService } from '@eventstore/db-client/generated/users_grpc_pb';

type Absent = { readonly service: ServiceDefinition; readonly instead: string };

/** What this node leaves out on purpose, and what serves instead. */
const ABSENT: readonly Absent[] = [
  {
    service: PersistentSubscriptionsService,
    instead:
      'This node has no persistent subscriptions. Use a catch-up subscription (subscribeToAll, subscribeToStream) and keep its checkpoint yourself.',
  },
  {
    service: ProjectionsService,
    instead:
      'This node has no server projections. Subscribe to $all with a stream-name or event-type filter and project in the application.',
  },
  {
    service: UsersService,
    instead: 'This node has no users: it serves everybody who reaches it. Keep it on the loopback address.',
  },
  {
    service: OperationsService,
    instead:
      'This node has no scavenge and no remote operations. Stop it with SIGTERM; to make a log smaller, copy what is to stay to a new one.',
  },
  {
    service: MonitoringService,
    instead: 'This node keeps no statistics. Measure at the client.',
  },
];

/** Services whose every method answers UNIMPLEMENTED with a sentence that helps. */
export const unsupportedServices = (): [ServiceDefinition, UntypedServiceImplementation][] =>
  ABSENT.map(({ service, instead }) => [service, refusing(service, instead)]);

const refusing = (service: ServiceDefinition, details: string): UntypedServiceImplementation => {
  const error = { code: status.UNIMPLEMENTED, details };
  return Object.fromEntries(
    Object.entries(service).map(([name, { responseStream }]) => [
      name,
      responseStream
        ? (call: NodeJS.EventEmitter) => call.emit('error', error)
        : (_call: unknown, answer: (error: { code: status; details: string }) => void) => answer(error),
    ]),
  );
};
