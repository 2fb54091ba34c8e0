import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '@tempore/event-store';
import type { DomainEvent, Position } from '@tempore/kernel';

class RecordedEventDto {
  @ApiProperty({ format: 'uuid', example: '0f0a2c4e-5b7d-5e0a-9a0e-2f9f0d1c3b4a' })
  id!: string;

  @ApiProperty({ example: 'partner-applied' })
  type!: string;

  @ApiProperty({ format: 'date-time', description: 'When it happened, as claimed' })
  occurredAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  recordedAt!: string;
}

/** What a command did: the events it left in the log. A repeat of the request answers the same. */
export class CommandAnswer {
  @ApiProperty({ format: 'uuid', description: 'Of what the command was about' })
  readonly id: string;

  @ApiProperty({ type: [RecordedEventDto], description: 'Empty where the outcome held already' })
  readonly events: RecordedEventDto[];

  @ApiProperty({ description: 'The request had been carried out before' })
  readonly repeated: boolean;

  readonly #position: Position | undefined;
  readonly #revision: string;

  constructor(id: string, { events, repeated, position, revision }: Omit<Outcome<DomainEvent>, 'after'>) {
    this.id = id;
    this.events = events.map(({ id: eventId, type, metadata: { occurredAt, recordedAt } }) => ({
      id: eventId,
      type,
      occurredAt,
      recordedAt,
    }));
    this.repeated = repeated;
    this.#position = position;
    this.#revision = revision.toString();
  }

  /** Where in the log it ends: for the consistency token, never for the body. */
  get position(): Position | undefined {
    return this.#position;
  }

  get revision(): string {
    return this.#revision;
  }
}
