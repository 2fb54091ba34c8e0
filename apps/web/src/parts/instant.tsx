import { sayExactly, sayInstant } from './time';
import { useZone } from './zone';

interface InstantProps {
  readonly at: string;
  /** Beside the reader's time, UTC with milliseconds: on records. */
  readonly exact?: boolean;
}

/** A point in time: the reader's first, the record's beside it. */
export const Instant = ({ at, exact = false }: InstantProps) => {
  const zone = useZone();
  return (
    <time dateTime={at} title={sayExactly(at)}>
      {sayInstant(at, zone)}
      {exact && <span className="exact mono">{sayExactly(at)}</span>}
    </time>
  );
};
