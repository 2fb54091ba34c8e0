const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Bytes a varint of this number takes. */
export const varintSize = (value: bigint | number): number => {
  let size = 1;
  let rest = value;
  for (; rest > Number.MAX_SAFE_INTEGER; rest = BigInt(rest) >> 7n) size++;
  for (rest = Number(rest); rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  return size;
};

/** Bytes a length-delimited field with a number below 16 takes. */
export const fieldSize = (length: number): number => 1 + varintSize(length) + length;

/** Writes protobuf's wire format into one buffer, for messages that are finished once and copied ever after. */
export class WireWriter {
  private at = 0;

  private constructor(private readonly buffer: Buffer) {}

  static ofSize(bytes: number): WireWriter {
    return new WireWriter(Buffer.allocUnsafe(bytes));
  }

  uint64(field: number, value: bigint): this {
    this.buffer[this.at++] = (field << 3) | VARINT;
    return this.varint(value);
  }

  bytes(field: number, value: Uint8Array): this {
    this.header(field, value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value, 'utf8'));
  }

  /** Opens a message of a known length; its fields follow. */
  header(field: number, length: number): this {
    this.buffer[this.at++] = (field << 3) | LENGTH_DELIMITED;
    return this.varint(length);
  }

  finish(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  private varint(value: bigint | number): this {
    let rest = value;
    for (; rest > Number.MAX_SAFE_INTEGER; rest = BigInt(rest) >> 7n) {
      this.buffer[this.at++] = Number(BigInt(rest) & 0x7fn) | 0x80;
    }
    for (rest = Number(rest); rest > 0x7f; rest = Math.floor(rest / 128)) {
      this.buffer[this.at++] = (rest % 128) | 0x80;
    }
    this.buffer[this.at++] = rest;
    return this;
  }
}
