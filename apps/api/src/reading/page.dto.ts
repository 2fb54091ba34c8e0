import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Query of every list. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 50, description: 'How many items at the most' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;

  @ApiPropertyOptional({
    description: '`next` of the page before',
    example: 'WyIyMDI2LTAzLTAyVDA5OjAwOjAwLjAwMFoiLCIwZjBhMmM0ZS01YjdkLTVlMGEtOWEwZS0yZjlmMGQxYzNiNGEiXQ',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;
}

/** What every list answers beside its items. */
export class PageDto {
  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page; `null` on the last' })
  next!: string | null;
}
