import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import {
  type DealKind,
  dealKindSchema,
  type DealType,
  dealTypeSchema,
  type LawfulBasis,
  lawfulBasisSchema,
  type TouchKind,
  touchKindSchema,
} from '@tempore/deals';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import { IsId } from '../commands/is-id';
import { IsDay } from '../fields/is-day';
import { IsInstant } from '../fields/is-instant';
import { OrAbsent } from '../fields/or-absent';
import { IsCurrency } from '../fields/is-currency';
import { IsName, IsText } from '../fields/is-written';

const MOST_PEOPLE = 50;
const MOST_DOCUMENTS = 200;

export class AmountDto {
  @ApiProperty({ description: 'Integer minor units of the currency: 1500000 is 15,000.00 USD', example: 1500000 })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  minorUnits!: number;

  @ApiProperty({ description: 'ISO 4217', example: 'USD' })
  @IsCurrency()
  currency!: string;
}

export class DealValueDto {
  @ApiPropertyOptional({ type: AmountDto, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AmountDto)
  oneTime?: AmountDto | null;

  @ApiPropertyOptional({ type: AmountDto, nullable: true, description: 'A year’s worth' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AmountDto)
  annualRecurring?: AmountDto | null;

  @ApiPropertyOptional({ type: Number, nullable: true, description: 'How long that is agreed for', example: 36 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_200)
  termMonths?: number | null;
}

export class CustomerDto {
  @ApiPropertyOptional({ type: String, nullable: true, example: 'Contoso AG' })
  @IsOptional()
  @IsName(300)
  legalName?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'ISO 3166-1 alpha-2', example: 'CH' })
  @IsOptional()
  @IsISO31661Alpha2()
  country?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Of its own, not of a mail provider',
    example: 'contoso.com',
  })
  @IsOptional()
  @IsName(253)
  domain?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'As the country’s register writes it',
    example: 'CHE-123.456.789',
  })
  @IsOptional()
  @IsName(100)
  registryNumber?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Bahnhofstrasse 1, Bern' })
  @IsOptional()
  @IsText(500)
  address?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'https://www.contoso.com' })
  @IsOptional()
  @IsName(500)
  website?: string | null;
}

export class PurchaserDto {
  @ApiProperty({ example: 'Fabrikam Leasing GmbH' })
  @IsName(300)
  legalName!: string;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'ISO 3166-1 alpha-2', example: 'DE' })
  @IsOptional()
  @IsISO31661Alpha2()
  country?: string | null;
}

/** Somebody at the customer's. What is sent here is sealed before it is kept. */
export class CounterpartDto {
  @ApiProperty({ example: 'Ada Lovelace' })
  @IsName(200)
  name!: string;

  @ApiPropertyOptional({ example: 'ada@contoso.com' })
  @OrAbsent()
  @IsEmail()
  email?: string;

  @ApiPropertyOptional({ example: '+41 31 000 00 00' })
  @OrAbsent()
  @IsName(50)
  phone?: string;

  @ApiPropertyOptional({ example: 'Head of IT' })
  @OrAbsent()
  @IsName(200)
  position?: string;
}

export class ContactDto extends CounterpartDto {
  @ApiPropertyOptional({
    enum: lawfulBasisSchema.options,
    nullable: true,
    description: 'What makes it lawful to name the person; a filing needs one contact with a basis',
    example: 'legitimate-interest',
  })
  @IsOptional()
  @IsIn(lawfulBasisSchema.options)
  basis?: LawfulBasis | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    nullable: true,
    description: 'When the person agreed: of the basis `consent`, which needs no other word beside it',
    example: '2026-02-20',
  })
  @IsOptional()
  @IsDay()
  consentedOn?: string | null;
}

export class FirstTouchDto {
  @ApiPropertyOptional({ enum: touchKindSchema.options, nullable: true, example: 'meeting' })
  @IsOptional()
  @IsIn(touchKindSchema.options)
  kind?: TouchKind | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it happened, as you claim',
  })
  @IsOptional()
  @IsInstant()
  at?: string | null;

  @ApiPropertyOptional({ type: CounterpartDto, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CounterpartDto)
  counterpart?: CounterpartDto | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description:
      'Id of the document that shows it, as `POST /v1/documents` answered it: the system hashed it then. Needed where the ' +
      'project is over the review threshold; else it may follow, by `POST /v1/deals/{id}/first-touch-document`.',
  })
  @IsOptional()
  @IsId()
  documentId?: string | null;
}

/**
 * What a partner says of a sale, or of it anew: what is left out stays as it was, `null` takes it back. In a draft a list
 * replaces the one before; once filed it adds to it.
 */
export class DealContentDto {
  @ApiPropertyOptional({ type: CustomerDto })
  @OrAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => CustomerDto)
  customer?: CustomerDto;

  @ApiPropertyOptional({
    type: PurchaserDto,
    nullable: true,
    description: 'Who orders, where that is not the customer: the customer is who will use the product',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PurchaserDto)
  purchaser?: PurchaserDto | null;

  @ApiPropertyOptional({ type: [ContactDto] })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_PEOPLE)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContactDto)
  contacts?: ContactDto[];

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Gateway' })
  @IsOptional()
  @IsName(200)
  productLine?: string | null;

  @ApiPropertyOptional({ enum: dealTypeSchema.options, nullable: true, example: 'new' })
  @IsOptional()
  @IsIn(dealTypeSchema.options)
  type?: DealType | null;

  @ApiPropertyOptional({
    enum: dealKindSchema.options,
    nullable: true,
    description: 'What the registration is for; as your agreement says where left out. Fixed once it is approved.',
  })
  @IsOptional()
  @IsIn(dealKindSchema.options)
  kind?: DealKind | null;

  @ApiPropertyOptional({ type: DealValueDto, description: 'Replaced as a whole' })
  @OrAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => DealValueDto)
  value?: DealValueDto;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, example: '2026-05-29' })
  @IsOptional()
  @IsDay()
  estimatedClose?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Branches lose orders when the line is down' })
  @IsOptional()
  @IsText(4_000)
  businessProblem?: string | null;

  @ApiPropertyOptional({ type: FirstTouchDto })
  @OrAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => FirstTouchDto)
  firstTouch?: FirstTouchDto;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Site or project; two registrations for one customer and line collide unless both name different ones',
    example: 'Plant Basel',
  })
  @IsOptional()
  @IsName(200)
  site?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Binds the lines of one project together',
    example: 'Branch renewal 2026',
  })
  @IsOptional()
  @IsName(200)
  projectReference?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'What you call it', example: 'NW-2026-017' })
  @IsOptional()
  @IsName(200)
  ownReference?: string | null;

  @ApiPropertyOptional({ type: [String], description: 'Ids of further documents that support the claim' })
  @OrAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_DOCUMENTS)
  @IsId({ each: true })
  evidence?: string[];
}

/** What of a registration differs from line to line. */
export class RegistrationLineDto extends PickType(DealContentDto, [
  'productLine',
  'type',
  'kind',
  'value',
  'estimatedClose',
  'site',
  'ownReference',
] as const) {}
