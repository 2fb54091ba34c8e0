import { ApiProperty } from '@nestjs/swagger';
import { type Role, roles } from '@tempore/principals';
import { IsIn } from 'class-validator';

import { IsId } from '../commands/is-id';
import { OrAbsent } from '../fields/or-absent';

class OwnPartnerDto {
  @ApiProperty({ format: 'uuid', example: '7a0f2c5e-33a5-5b0a-8b59-3f0f2c5e7d21' })
  id!: string;

  @ApiProperty({ example: 'Northwind Systems' })
  legalName!: string;
}

class ClockShownDto {
  @ApiProperty({ format: 'date-time', description: 'What time it is here', example: '2026-03-02T09:00:00.000Z' })
  now!: string;

  @ApiProperty({ description: 'It stands until an administrator moves it', example: false })
  simulated!: boolean;
}

/** Who asks, as the portal greets them. */
export class MeDto {
  @ApiProperty({ format: 'uuid', description: 'Pseudonymous; the actor of what you do' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'As the issuer calls you', example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ enum: roles, isArray: true, example: ['partner-user'] })
  roles!: readonly Role[];

  @ApiProperty({ type: OwnPartnerDto, nullable: true, description: 'The partner that you act for' })
  partner!: OwnPartnerDto | null;

  @ApiProperty({ type: ClockShownDto })
  clock!: ClockShownDto;
}

class LocalPersonDto {
  @ApiProperty({ enum: roles, example: 'partner-user' })
  role!: Role;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  partnerId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Northwind Systems' })
  partnerName!: string | null;
}

/** Whom somebody at this machine may be today. */
export class LocalPeopleDto {
  @ApiProperty({ type: [LocalPersonDto] })
  people!: readonly LocalPersonDto[];
}

export class LocalSignInDto {
  @ApiProperty({ enum: roles, example: 'partner-user' })
  @IsIn(roles)
  role!: Role;

  @ApiProperty({ type: String, format: 'uuid', required: false, description: 'With a partner’s role only' })
  @OrAbsent()
  @IsId()
  partnerId?: string;
}

/** Who the session of this browser stands for. */
export class SignedInDto {
  @ApiProperty({ enum: roles, example: 'partner-user' })
  role!: Role;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The partner that you act for' })
  partnerId!: string | null;
}

export class SignedOutDto {
  @ApiProperty({ type: String, nullable: true, description: 'Where the session at the issuer ends; go there' })
  next!: string | null;
}
