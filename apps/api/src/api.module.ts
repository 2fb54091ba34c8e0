import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { type Ids, IDS, MailedLinks, meansOf } from '@tempore/acts';
import { DocumentStore } from '@tempore/document-store';
import { CommandRunner } from '@tempore/event-store';
import { Vault } from '@tempore/personal-data';
import type { Settings } from '@tempore/settings';
import type { Logger } from 'pino';

import { CLOCK, INSTALLATION_CLOCK, type InstallationClock } from '../../composition/src/clock';
import { LOGGER } from '../../composition/src/logger';
import { SECRETS } from '../../composition/src/secrets';
import { type Stores, STORES } from '../../composition/src/stores';
import { Readings } from './access/readings';
import { AccountFactsController } from './accounts/account-facts.controller';
import { AccountsController } from './accounts/accounts.controller';
import { PossibleConflictsController } from './accounts/possible-conflicts.controller';
import { AvailabilityController } from './availability/availability.controller';
import { AUTHENTICATE, authentication } from './auth/authentication';
import { PolicyCheck, PolicyGuard } from './auth/policy';
import { StandingGuard } from './auth/standing-guard';
import { ID_OF_SUBJECT, idOfSubject } from './auth/id-of-subject';
import { type Revocations, type TokenVerifier, tokenVerifier } from './auth/token-verifier';
import { ActGuard } from './commands/act.guard';
import { ClockController } from './clock/clock.controller';
import { CommandsModule } from './commands/commands.module';
import { MEANS } from './commands/perform.command';
import { DealsController } from './deals/deals.controller';
import { RegisteredDeals } from './deals/registered-deal';
import { PartnerResultsController } from './deals/partner-results.controller';
import { DocumentsController } from './documents/documents.controller';
import { DocketsController } from './dockets/dockets.controller';
import { MAX_UPLOAD_BYTES } from './documents/upload';
import { KnownFieldsGuard } from './fields/known-fields.guard';
import { ProposalsController } from './facts/proposals.controller';
import { HealthController } from './health/health.controller';
import { METRICS, type Metrics } from './health/metrics';
import { type Check, CHECKS } from './health/readiness';
import { InboxController } from './inbox/inbox.controller';
import { RATE_LIMITS, RateGuard } from './limits/rate-guard';
import { AddressConfirmationsController } from './partners/address-confirmations.controller';
import { PartnerPeopleController } from './partners/partner-people.controller';
import { PartnerStandingController } from './partners/partner-standing.controller';
import { PartnersController } from './partners/partners.controller';
import { ShownEtags } from './partners/shown-etags';
import { PeopleController } from './people/people.controller';
import { PersonalData } from './people/personal-data';
import { StakesController } from './principals/stakes.controller';
import { TokenRevocationsController } from './principals/token-revocations.controller';
import { DealsOfPartnerController } from './registration/deals-of-partner.controller';
import { DirectTeamController } from './registration/direct-team.controller';
import { ReceiptController } from './registration/receipt.controller';
import { RegistrationsController } from './registration/registrations.controller';
import { ReviewController } from './registration/review.controller';
import { ProblemFilter } from './problems/problem.filter';
import { PoliciesController } from './programme/policies.controller';
import { LinesController } from './programme/lines.controller';
import { RatesController } from './programme/rates.controller';
import { ConsistencyTokens } from './reading/consistency-tokens';
import { DATABASE } from './reading/database';
import { ReadsGuard } from './reading/reads';
import { type Views, VIEWS } from './reading/views';
import { LOCAL_SIGN_IN, LocalSignIn } from './web/local-sign-in';
import { OIDC_SIGN_IN, OidcSignIn } from './web/oidc-sign-in';
import { SessionController } from './web/session.controller';
import { Sessions } from './web/sessions';
import { SignInController } from './web/sign-in.controller';
import { WorkController } from './work/work.controller';

export interface ApiDependencies {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly clock: InstallationClock;
  readonly logger: Logger;
  /** How far the read side is. */
  readonly views: Views;
  /** Which tokens let nobody in any more. */
  readonly revocations: Revocations;
  readonly ids: Ids;
  readonly metrics: Metrics;
  readonly checks: Readonly<Record<string, Check>>;
}

/** Everything that answers. */
export const controllers = [
  HealthController,
  SessionController,
  SignInController,
  ClockController,
  PoliciesController,
  LinesController,
  RatesController,
  ProposalsController,
  PartnersController,
  PartnerStandingController,
  PartnerPeopleController,
  AddressConfirmationsController,
  PartnerResultsController,
  AccountsController,
  AccountFactsController,
  PossibleConflictsController,
  DealsController,
  RegistrationsController,
  ReceiptController,
  DealsOfPartnerController,
  ReviewController,
  DirectTeamController,
  DocketsController,
  AvailabilityController,
  StakesController,
  TokenRevocationsController,
  PeopleController,
  DocumentsController,
  InboxController,
  WorkController,
];

/** How people sign in to the portal: at the issuer where it knows the portal, else by word of mouth on this machine. */
const signInWays = ({ settings, stores }: ApiDependencies, verify: TokenVerifier) => {
  const { issuer, client } = settings.oidc;
  const key = stores.secrets.key('session');
  const { publicUrl } = settings;
  return {
    oidc: issuer !== undefined && client ? new OidcSignIn({ issuer, client, publicUrl, key, verify }) : undefined,
    local:
      issuer === undefined && !settings.production ? new LocalSignIn(settings, stores, stores.database) : undefined,
  };
};

const noRefresh = (): Promise<never> => Promise.reject(new Error('There is no issuer that renews a session'));

@Module({})
export class ApiModule {
  static with(dependencies: ApiDependencies): DynamicModule {
    const { settings, stores, clock, logger, views, revocations, ids, metrics, checks } = dependencies;
    const idOf = idOfSubject(settings.oidc, ids);
    const verify = tokenVerifier(settings, revocations, idOf);
    const { oidc, local } = signInWays(dependencies, verify);
    const key = stores.secrets.key('session');
    const sessions = new Sessions(stores.readSide.pool, key, revocations, oidc?.refresh ?? noRefresh);
    const find = async (secret: string) => (await sessions.find(secret))?.principal;
    return {
      module: ApiModule,
      global: true,
      imports: [CommandsModule, DiscoveryModule],
      controllers,
      providers: [
        { provide: CLOCK, useValue: clock.now },
        { provide: INSTALLATION_CLOCK, useValue: clock },
        { provide: LOGGER, useValue: logger },
        { provide: STORES, useValue: stores },
        { provide: MailedLinks, useValue: new MailedLinks(stores.secrets) },
        { provide: IDS, useValue: ids },
        { provide: SECRETS, useValue: stores.secrets },
        { provide: DATABASE, useValue: stores.database },
        { provide: VIEWS, useValue: views },
        { provide: METRICS, useValue: metrics },
        { provide: CHECKS, useValue: checks },
        { provide: CommandRunner, useValue: stores.runner },
        { provide: Vault, useValue: stores.vault },
        { provide: DocumentStore, useValue: stores.documents },
        { provide: MAX_UPLOAD_BYTES, useValue: settings.maxUploadBytes },
        { provide: MEANS, useValue: meansOf(stores, { ids, logger, reached: (...to) => views.reached(...to) }) },
        { provide: AUTHENTICATE, useValue: authentication(verify, find) },
        { provide: Sessions, useValue: sessions },
        { provide: OIDC_SIGN_IN, useValue: oidc },
        { provide: LOCAL_SIGN_IN, useValue: local },
        { provide: ID_OF_SUBJECT, useValue: idOf },
        { provide: RATE_LIMITS, useValue: settings.perMinute },
        { provide: APP_GUARD, useClass: PolicyGuard },
        { provide: APP_GUARD, useClass: RateGuard },
        { provide: APP_GUARD, useClass: KnownFieldsGuard },
        { provide: APP_GUARD, useClass: StandingGuard },
        { provide: APP_GUARD, useClass: ActGuard },
        { provide: APP_GUARD, useClass: ReadsGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        PersonalData,
        Readings,
        ShownEtags,
        RegisteredDeals,
        ConsistencyTokens,
        PolicyCheck,
      ],
      exports: [CommandRunner, CLOCK, DATABASE, MEANS],
    };
  }
}
