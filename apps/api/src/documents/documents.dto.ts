import { ApiProperty } from '@nestjs/swagger';
import { MEDIA_TYPES } from '@tempore/documents';

export class UploadDto {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: `One of ${Object.values(MEDIA_TYPES).join(', ')}, told by its bytes`,
  })
  file!: unknown;
}

export class DocumentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Meeting notes.pdf' })
  fileName!: string;

  @ApiProperty({ example: 'application/pdf', description: 'By its bytes' })
  mediaType!: string;

  @ApiProperty({ example: 48_213, description: 'In bytes' })
  size!: number;

  @ApiProperty({ description: 'SHA-256 of the content, in hex', example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4' })
  sha256!: string;

  @ApiProperty({ format: 'uuid', description: 'Pseudonymous' })
  uploadedBy!: string;

  @ApiProperty({ format: 'date-time' })
  uploadedAt!: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'The organisation that handed it in' })
  partnerId!: string | null;
}
