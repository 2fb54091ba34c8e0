import { Controller, Get, Inject, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { type Act, documentContent, type Means, type Principal, uploadDocument, visibleDocument } from '@tempore/acts';
import { downloadName } from '@tempore/documents';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Readings } from '../access/readings';
import { Allow } from '../auth/policy';
import { AlsoWhile } from '../auth/standing-guard';
import { ThePrincipal } from '../auth/the-principal';
import { TakesForm } from '../bodies/media-types';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { MEANS } from '../commands/perform.command';
import { idPipe } from '../problems/id.pipe';
import { Reads } from '../reading/reads';
import { DocumentDto, UploadDto } from './documents.dto';
import { MAX_UPLOAD_BYTES, uploadedFile } from './upload';

@ApiTags('Documents')
@Controller('v1/documents')
export class DocumentsController {
  constructor(
    private readonly commands: Commands,
    @Inject(MEANS) private readonly means: Means,
    private readonly readings: Readings,
    @Inject(MAX_UPLOAD_BYTES) private readonly maxBytes: number,
  ) {}

  @Post()
  @AlsoWhile('suspended')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'direct-rep', 'arbiter', 'panel-member', 'admin')
  @ApiOperation({ summary: 'Hand in a document: evidence, first-touch documentation, a letter' })
  @ApiCommandHeaders()
  @TakesForm()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadDto })
  @ApiCreatedResponse({ type: CommandAnswer })
  async upload(@TheAct() act: Act, @Req() request: FastifyRequest): Promise<CommandAnswer> {
    const file = await uploadedFile(request, this.maxBytes);
    const { id, outcome } = await this.commands.perform(act, uploadDocument, file);
    return new CommandAnswer(id, outcome);
  }

  @Get(':id')
  @Reads('handed_in')
  @Allow(
    'partner-user',
    'partner-admin',
    'channel-manager',
    'direct-rep',
    'arbiter',
    'panel-member',
    'auditor',
    'admin',
  )
  @ApiOperation({ summary: 'What the system found out about a document' })
  @ApiOkResponse({ type: DocumentDto })
  async find(@ThePrincipal() principal: Principal, @Param('id', idPipe) id: string): Promise<DocumentDto> {
    const { fileName, uploaded } = await visibleDocument(this.means, principal, id);
    await this.readings.record(principal, 'document', id);
    const { sha256, size, mediaType, visibleTo } = uploaded.upload;
    const { uploadedBy, uploadedAt } = uploaded;
    return { id, fileName, mediaType, size, sha256, uploadedBy, uploadedAt, partnerId: visibleTo.partnerId };
  }

  /** As an attachment, under its own ending and nobody's guess: a browser saves it and runs nothing. */
  @Get(':id/content')
  @Reads('handed_in')
  @Allow(
    'partner-user',
    'partner-admin',
    'channel-manager',
    'direct-rep',
    'arbiter',
    'panel-member',
    'auditor',
    'admin',
  )
  @ApiOperation({ summary: 'The document itself' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async content(
    @ThePrincipal() principal: Principal,
    @Param('id', idPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await visibleDocument(this.means, principal, id);
    await this.readings.record(principal, 'document-content', id);
    const { size, mediaType } = found.uploaded.upload;
    void reply.headers({
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    return new StreamableFile(await documentContent(this.means, found), {
      type: mediaType,
      length: size,
      disposition: contentDisposition(downloadName(found.fileName, mediaType)),
    });
  }
}
