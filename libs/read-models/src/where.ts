/** Conditions of a query with their parameters, numbered as they come. */
export class Where {
  private readonly conditions: string[] = [];
  readonly parameters: unknown[] = [];

  /** Adds a condition in which each `?` stands for one of the values. */
  and(condition: string, ...values: readonly unknown[]): this {
    let index = 0;
    this.conditions.push(
      condition.replaceAll('?', () => {
        this.parameters.push(values[index++]);
        return `$${this.parameters.length}`;
      }),
    );
    return this;
  }

  /** Adds the condition only where there is something to ask for. */
  andIf(value: unknown, condition: string): this {
    return value === undefined ? this : this.and(condition, value);
  }

  toString(): string {
    return this.conditions.length === 0 ? '' : `WHERE ${this.conditions.join(' AND ')}`;
  }
}

/** Escapes a text for use inside a LIKE pattern. */
export const likeText = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);
