import { AppendRefused } from '../errors';
import type { Categories } from '../port';

/** What the server holds stream names against: one of these beginnings, or a regular expression. */
export type NameFilter = { readonly prefixes: readonly string[] } | { readonly regex: string };

/**
 * Stream names of one installation, kept apart from those of others in a shared store: `acme.deal-<id>`.
 * The empty namespace adds nothing. Throws a RangeError where the name could blur what a stream's first dash means.
 */
export class Namespace {
  private readonly prefix: string;
  /** Of all streams of this installation: no other namespace has a dot at the same place, and no category has one. */
  private readonly pattern: RegExp;

  constructor(name: string) {
    if (!/^[a-z0-9_]*$/.test(name))
      throw new RangeError(`The namespace "${name}" may hold lower-case letters, digits and underscores only`);
    this.prefix = name === '' ? '' : `${name}.`;
    this.pattern = new RegExp(`^${this.prefix.replace('.', '\\.')}[a-z0-9]+-`);
  }

  qualify(stream: string): string {
    return this.prefix + stream;
  }

  /** As `qualify`, for a stream that gets events. Throws `AppendRefused` where who follows everything would miss it. */
  qualifyNew(stream: string): string {
    const name = this.qualify(stream);
    if (this.pattern.test(name)) return name;
    throw new AppendRefused(
      `The stream name "${stream.slice(0, 80)}" must begin with a category in lower-case letters and digits, and a dash.`,
    );
  }

  filter(categories: Categories): NameFilter {
    if (categories === 'everything') return { regex: this.pattern.source };
    if (categories.length === 0) throw new RangeError("categories: name at least one, or 'everything'");
    return { prefixes: categories.map((category) => this.qualify(`${category}-`)) };
  }

  /** Says of a name in the store whether it is of a stream of these categories. */
  isOf(categories: Categories): (qualified: string) => boolean {
    const filter = this.filter(categories);
    if ('regex' in filter) return (qualified) => this.pattern.test(qualified);
    return (qualified) => filter.prefixes.some((prefix) => qualified.startsWith(prefix));
  }

  strip(qualified: string): string {
    return qualified.slice(this.prefix.length);
  }
}
