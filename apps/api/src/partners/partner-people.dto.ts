import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail } from 'class-validator';

import { IsId } from '../commands/is-id';
import { IsInstant } from '../fields/is-instant';
import { OrAbsent } from '../fields/or-absent';
import { IsName } from '../fields/is-written';

export class AddPartnerPersonDto {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Pseudonymous id of somebody who is known here; a new one where left out',
  })
  @OrAbsent()
  @IsId()
  personId?: string;

  @ApiPropertyOptional({ example: 'Grace Hopper', description: 'Sealed before it is kept' })
  @OrAbsent()
  @IsName(200)
  name?: string;

  @ApiPropertyOptional({
    example: 'grace@northwind.example',
    description:
      'Where notices to the partner are mailed once its reader has confirmed it by the link that is mailed there; sealed before it is kept',
  })
  @OrAbsent()
  @IsEmail()
  email?: string;
}

export class RecordCertificateDto {
  @ApiProperty({ format: 'uuid', description: 'Whose it is: one of the partner’s people' })
  @IsId()
  personId!: string;

  @ApiProperty({ example: 'GTX Pro' })
  @IsName(200)
  productLine!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  @IsInstant()
  validFrom!: string;

  @ApiProperty({ format: 'date-time', example: '2028-01-01T00:00:00.000Z', description: 'The instant of its lapse' })
  @IsInstant()
  validUntil!: string;
}

class PartnerPersonDto {
  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: '`null`: they work there' })
  until!: string | null;

  @ApiProperty({
    enum: ['none', 'unconfirmed', 'confirmed'],
    description: 'Whether they have said that the address they were named with is theirs: notices are mailed only then',
  })
  address!: 'none' | 'unconfirmed' | 'confirmed';
}

class CertificateDto {
  @ApiProperty({ format: 'uuid' })
  certificateId!: string;

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ example: 'GTX Pro' })
  productLine!: string;

  @ApiProperty({ format: 'date-time' })
  validFrom!: string;

  @ApiProperty({ format: 'date-time' })
  validUntil!: string;

  @ApiProperty({ description: 'Whether it counts for the partner now' })
  counts!: boolean;

  @ApiProperty()
  revoked!: boolean;
}

class CertifiedPeopleDto {
  @ApiProperty({ example: 'GTX Pro' })
  productLine!: string;

  @ApiProperty({ description: 'How many people hold a certificate for the line that counts now' })
  people!: number;
}

export class PartnerPeopleDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The ETag; to the partner’s own people it stands for what they are shown', example: '3' })
  revision!: string;

  @ApiProperty({ type: [PartnerPersonDto] })
  people!: PartnerPersonDto[];

  @ApiProperty({ type: [CertificateDto] })
  certificates!: CertificateDto[];

  @ApiProperty({ type: [CertifiedPeopleDto] })
  certified!: CertifiedPeopleDto[];
}
