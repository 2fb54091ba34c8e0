/**
 * Stream names of one installation, kept apart from those of others in a shared store: `acme.deal-<id>`.
 * The empty namespace adds nothing. Throws a RangeError where the name could blur what a stream's first dash means.
 */
export class Namespace {
  private readonly prefix: string;

  constructor(name: string) {
    if (!/^[a-z0-9_]*$/.test(name))
      throw new RangeError(`The namespace "${name}" may hold lower-case letters, digits and underscores only`);
    this.prefix = name === '' ? '' : `${name}.`;
  }

  qualify(stream: string): string {
    return this.prefix + stream;
  }

  /** What the names of all streams of these categories begin with. */
  prefixesOf(categories: readonly string[]): string[] {
    return categories.map((category) => this.qualify(`${category}-`));
  }

  strip(qualified: string): string {
    return qualified.slice(this.prefix.length);
  }
}
