import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Allow, AllowAnyone } from '../auth/policy';
import { METRICS, type Metrics } from './metrics';
import { type Check, CHECKS, type ReadinessReport, readinessReport } from './readiness';

/** Whoever asks without a token learns what is not well, not why: driver messages and events have no place here. */
const namesOnly = ({ status, checks }: ReadinessReport): object => ({
  status,
  checks: Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, check.status])),
});

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(CHECKS) private readonly checks: Readonly<Record<string, Check>>,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  @AllowAnyone()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can serve: both stores answer, and no view has stopped or fallen silent. */
  @Get('health/ready')
  @AllowAnyone()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const report = await readinessReport(this.checks);
    void reply.status(report.status === 'ok' ? 200 : 503);
    return namesOnly(report);
  }

  @Get('metrics')
  @Allow('service', 'auditor', 'admin')
  async scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('content-type', this.metrics.registry.contentType);
    return this.metrics.scrape();
  }
}
