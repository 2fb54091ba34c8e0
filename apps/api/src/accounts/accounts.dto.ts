import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import { CommandAnswer } from '../commands/command-answer';
import { IsInstant } from '../fields/is-instant';
import { PageDto, PageQuery } from '../reading/page.dto';
import { OrAbsent } from '../fields/or-absent';
import { IsName } from '../fields/is-written';

const MAX_DOMAINS = 20;

class RegistryNumberDto {
  @ApiProperty({ example: 'DE', description: 'Whose register: ISO 3166-1 alpha-2' })
  @IsISO31661Alpha2()
  country!: string;

  @ApiProperty({ example: 'HRB 12345', description: 'As the register writes it' })
  @IsName(100)
  number!: string;
}

export class OpenAccountDto {
  @ApiProperty({ example: 'Contoso AG', maxLength: 300 })
  @IsName(300)
  legalName!: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @OrAbsent()
  @IsISO31661Alpha2()
  country?: string;

  @ApiPropertyOptional({ type: RegistryNumberDto })
  @OrAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => RegistryNumberDto)
  registryNumber?: RegistryNumberDto;

  @ApiPropertyOptional({
    type: [String],
    example: ['contoso.example'],
    description: 'Only the registrable part of each is kept',
    maxItems: MAX_DOMAINS,
  })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_DOMAINS)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  domains?: string[];
}

export class AddAliasDto {
  @ApiProperty({ example: 'Contoso Maschinenbau', maxLength: 300 })
  @IsName(300)
  name!: string;

  @ApiProperty({ format: 'date-time', description: 'From when on the customer was known by the name' })
  @IsInstant()
  validFrom!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'From when on it no longer was; left out: it still is' })
  @OrAbsent()
  @IsInstant()
  validUntil?: string;
}

export class RenameDto {
  @ApiProperty({ example: 'Contoso SE', maxLength: 300 })
  @IsName(300)
  name!: string;

  @ApiProperty({ format: 'date-time', description: 'From when on it is the legal name' })
  @IsInstant()
  validFrom!: string;
}

/** One of the two. */
export class AddKeyDto {
  @ApiPropertyOptional({ example: 'contoso.example', description: 'Only its registrable part is kept' })
  @OrAbsent()
  @IsString()
  @MaxLength(300)
  domain?: string;

  @ApiPropertyOptional({ type: RegistryNumberDto })
  @OrAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => RegistryNumberDto)
  registryNumber?: RegistryNumberDto;
}

export class AccountsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'A part of any name the customer ever had, of a domain of its, or of a registry number',
    example: 'contoso',
  })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  search?: string;
}

export class KnownAccountQuery {
  @ApiPropertyOptional({ example: 'contoso.example', description: 'Only its registrable part counts' })
  @OrAbsent()
  @IsString()
  @MaxLength(300)
  domain?: string;

  @ApiPropertyOptional({ example: 'HRB 12345', description: 'With the country whose register it is' })
  @OrAbsent()
  @IsName(100)
  registryNumber?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @OrAbsent()
  @IsISO31661Alpha2()
  country?: string;
}

export class KnownAccountDto {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '`null`: nobody has named it yet' })
  accountId!: string | null;
}

export class OpeningAnswer extends CommandAnswer {
  @ApiProperty({ description: '`true`: this request opened the customer; `false`: its keys named one that was open' })
  readonly opened: boolean;

  constructor(id: string, opened: boolean, outcome: ConstructorParameters<typeof CommandAnswer>[1]) {
    super(id, outcome);
    this.opened = opened;
  }
}

class AccountSourceDto {
  @ApiProperty()
  system!: string;

  @ApiProperty()
  name!: string;
}

export class AccountDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Of the customer’s stream; the ETag', example: '1' })
  revision!: string;

  @ApiProperty({ description: 'The latest one' })
  legalName!: string;

  @ApiProperty({ type: String, nullable: true, example: 'DE' })
  country!: string | null;

  @ApiProperty({ type: AccountSourceDto, nullable: true, description: 'The system that it was imported from' })
  source!: AccountSourceDto | null;

  @ApiProperty({ format: 'date-time' })
  openedAt!: Date;

  @ApiProperty({ format: 'date-time' })
  changedAt!: Date;
}

export class AccountPageDto extends PageDto {
  @ApiProperty({ type: [AccountDto] })
  items!: AccountDto[];
}

const NAME_KINDS = ['legal', 'alias'] as const;
const KEY_KINDS = ['registry', 'domain'] as const;

class AccountNameDto {
  @ApiProperty({ enum: NAME_KINDS })
  kind!: (typeof NAME_KINDS)[number];

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: '`null`: since before it was known' })
  validFrom!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: '`null`: until further notice' })
  validUntil!: Date | null;
}

class AccountKeyDto {
  @ApiProperty({ enum: KEY_KINDS })
  kind!: (typeof KEY_KINDS)[number];

  @ApiProperty({ example: 'contoso.example' })
  value!: string;
}

export class AccountDetailDto extends AccountDto {
  @ApiProperty({ type: [AccountNameDto], description: 'All names ever, in the order in which they were recorded' })
  names!: AccountNameDto[];

  @ApiProperty({ type: [AccountKeyDto] })
  keys!: AccountKeyDto[];
}
