import { createHash } from 'node:crypto';

import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { MailedLinks } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { deriveId } from '@tempore/kernel';
import { partner } from '@tempore/partners';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { AllowAnyone } from '../auth/policy';
import { AddressConfirmedDto, MailedLinkDto } from './address-confirmations.dto';

const SCRIPT = `document.querySelector('button').onclick = async () => {
  const token = new URLSearchParams(location.search).get('token');
  const answer = await fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const problem = answer.ok ? null : await answer.json();
  document.querySelector('main').textContent = problem
    ? [problem.detail, problem.remedy].join(' ')
    : 'Thank you. Notices to the partner are mailed to you from now on.';
};`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Is this your address?</title>
<main>
<h1>Is this your address?</h1>
<p>A partner has named you as one of its people. If that is right, confirm it. If it is not, close this page.</p>
<button>Yes, mail me</button>
</main>
<script>${SCRIPT}</script>
</html>
`;

/** Nothing but the script of the page runs on it, and it asks nobody but this API. */
const PAGE_POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What the link in a mail leads to. To follow it does nothing, since programs that look at mails follow links: only who
 * confirms it acts, for the one person it was mailed to (rulebook 3, Separation of duties).
 */
@ApiTags('Partners')
@Controller('v1/address-confirmations')
export class AddressConfirmationsController {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(MailedLinks) private readonly links: MailedLinks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @AllowAnyone()
  @ApiOperation({ summary: 'The page on which somebody confirms that an address is theirs' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  ask(@Query() { token }: MailedLinkDto): string {
    this.links.open(token, this.clock());
    return PAGE;
  }

  @Post()
  @HttpCode(200)
  @AllowAnyone()
  @ApiOperation({ summary: 'Confirm that an address is one’s own, by the token of the link that was mailed to it' })
  @ApiOkResponse({ type: AddressConfirmedDto })
  async confirm(@Body() { token }: MailedLinkDto): Promise<AddressConfirmedDto> {
    const now = this.clock();
    const { partnerId, personId, commitment } = this.links.open(token, now);
    const commandId = deriveId('confirm-address', partnerId, personId, commitment);
    const meta = { commandId, requestHash: '', actor: personId, now, correlationId: commandId };
    const data = { personId, commitment };
    await this.runner.run(partner, partnerId, { type: 'ConfirmPartnerPersonAddress', data }, meta, {});
    return { address: 'confirmed' };
  }
}
