import { deriveId, Refusal } from '@tempore/kernel';
import { ACTOR, fold, given, NOW } from '@tempore/testing';

import {
  expectLine,
  type FoundedLine,
  lineClosed,
  type LineChange,
  lineNamed,
  lines,
  type LinesCommand,
  type LinesEvent,
  linesOfLog,
  openLines,
  sampleLines,
  spellingOf,
} from '.';

const colleague = deriveId('actor', 'colleague');
const proposalId = deriveId('proposal', '1');
const reason = 'As the programme sells it';

const line = (code: string, content: Partial<FoundedLine> = {}): FoundedLine => ({
  code,
  name: code,
  spellings: [],
  family: null,
  keys: [code.toLowerCase()],
  ...content,
});
const founded = (...of: FoundedLine[]): LinesEvent => ({ type: 'lines-founded', data: { lines: of } });
const begun = founded(line('Gateway', { spellings: ['GW'] }), line('Sensor'));

const addition = (code: string, content: object = {}): LineChange => ({
  of: 'line-added',
  code,
  name: code,
  spellings: [],
  family: null,
  ...content,
});
const description = (code: string, content: object = {}): LineChange => ({
  of: 'line-described',
  code,
  name: code,
  spellings: [],
  family: null,
  ...content,
});
const closing = (code: string): LineChange => ({ of: 'line-closed', code });
const reopening = (code: string): LineChange => ({ of: 'line-reopened', code });

const propose = (change: LineChange, id = proposalId): LinesCommand => ({
  type: 'ProposeLineChange',
  data: { proposalId: id, change, reason },
});
const proposed = (change: LineChange, id = proposalId): LinesEvent => ({
  type: 'line-change-proposed',
  data: { proposalId: id, change, reason },
});
const adopt = (id = proposalId): LinesCommand => ({ type: 'AdoptLineChange', data: { proposalId: id } });
const adopted = (change: LineChange, id = proposalId): LinesEvent => ({
  type: 'line-change-adopted',
  data: { proposalId: id, change, reason, proposedBy: ACTOR },
});

const refusalOf = (work: () => unknown): Refusal | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return undefined;
};

const state = (...history: LinesEvent[]) => fold(lines, history);
const named = (text: string, ...history: LinesEvent[]) => lineNamed(state(...history), text)?.code;

describe('the founding', () => {
  const command: LinesCommand = { type: 'FoundLines', data: { lines: sampleLines } };

  it('given no catalogue, when it is founded, then it stands, once, whatever the next one says', () => {
    given(lines)
      .when(command)
      .then([founded(...sampleLines)]);
    given(lines, [begun]).when(command).thenNothing();
    given(lines, [founded()]).when(command).thenNothing();
  });
});

describe('a change', () => {
  const changes = [
    addition('Router', { spellings: ['Branch Router'], family: 'Edge' }),
    description('Gateway', { spellings: ['Gate'] }),
    closing('Gateway'),
  ];
  it.each(changes)('given $of, then one proposes and another adopts it', (change) => {
    given(lines, [begun])
      .when(propose(change))
      .then([proposed(change)]);
    given(lines, [begun, proposed(change)])
      .when(propose(change))
      .thenNothing();
    given(lines, [begun, proposed(change)])
      .when(adopt())
      .thenRefused('SECOND_PERSON_NEEDED');
    given(lines, [begun, proposed(change)])
      .when(adopt(), { actor: colleague })
      .then([adopted(change)]);
  });

  it('given a proposal, when it is withdrawn, then nobody adopts it any more', () => {
    const withdrawn: LinesEvent = { type: 'line-change-withdrawn', data: { proposalId, reason } };
    given(lines, [begun, proposed(closing('Gateway'))])
      .when({ type: 'WithdrawLineChange', data: { proposalId, reason } })
      .then([withdrawn]);
    given(lines, [begun, proposed(closing('Gateway')), withdrawn])
      .when(adopt(), { actor: colleague })
      .thenRefused('PROPOSAL_WITHDRAWN');
  });

  it.each([
    ['its code', addition('gateway')],
    ['a code that looks like it', addition('G\u0430teway')],
    ['its name', addition('Edge', { name: 'GATEWAY' })],
    ['another spelling of it', addition('Edge', { spellings: ['gw'] })],
    ['it as the name of another line', description('Sensor', { name: 'Gateway' })],
    ['it as a spelling of another line', description('Sensor', { spellings: ['Probe', 'G\u200bW '] })],
  ])('given a line, when %s is proposed, then it is refused: people would take one for the other', (_what, change) =>
    given(lines, [begun])
      .when(propose(change))
      .thenRefused('LINE_EXISTS', { facts: { code: 'Gateway' }, remedy: expect.stringContaining('Gateway') as string }),
  );

  it('given two alike that were proposed, when one is adopted, then the other cannot be', () => {
    const other = deriveId('proposal', '2');
    given(lines, [
      begun,
      proposed(addition('Router')),
      proposed(addition('R0uter'), other),
      adopted(addition('Router')),
    ])
      .when(adopt(other), { actor: colleague })
      .thenRefused('LINE_EXISTS');
  });

  it.each([description('Router'), closing('Router'), reopening('Router')])(
    'given no such line, when $of is proposed, then it is refused with the lines that there are',
    (change) => given(lines, [begun]).when(propose(change)).thenRefused('LINE_UNKNOWN'),
  );

  it.each([
    ['a description that is so', [begun], description('Gateway', { spellings: ['GATEWAY', 'gw'] })],
    ['a line opened that is open', [begun], reopening('GW')],
    ['a line closed that is closed', [begun, adopted(closing('Gateway'))], closing('Gateway')],
  ])('given %s, when it is proposed, then it is refused: nothing would change', (_what, history, change) =>
    given(lines, history).when(propose(change)).thenRefused('PROPOSAL_CHANGES_NOTHING'),
  );

  it.each([
    ['code', addition(' \u200b ')],
    ['name', addition('Router', { name: '' })],
    ['spellings.1', addition('Router', { spellings: ['Branch Router', '\u2060'] })],
    ['family', addition('Router', { family: ' ' })],
  ])('given a %s of nothing, when it is proposed, then it is refused by name', (field, change) => {
    given(lines, [begun]).when(propose(change)).thenRefused('LINE_NAMELESS');
    const refusal = refusalOf(() => lines.decide(propose(change), state(begun), { now: NOW, actor: ACTOR }));
    expect(refusal?.message.startsWith(`${field} `)).toBe(true);
  });

  it.each([
    ['another name', description('Gateway', { name: 'Port' })],
    ['another family', description('Gateway', { family: 'Edge' })],
    ['a further spelling', description('Gateway', { spellings: ['Port'] })],
  ])('given a line, when %s is proposed, then that would change something', (_what, change) => {
    const known = lines.decide(propose(change), state(begun), { now: NOW, actor: ACTOR });
    expect(known).toHaveLength(1);
  });

  it('given a line by another spelling, when a change of it is proposed, then it names its code', () =>
    given(lines, [begun])
      .when(propose(closing('gw')))
      .then([proposed(closing('Gateway'))]));
});

describe('looking up a line', () => {
  it.each(['Gateway', ' GATEWAY ', 'gw', 'G\u0430teway', 'Gate\u200bway'])('given %j, then it is Gateway', (text) =>
    expect(named(text, begun)).toBe('Gateway'),
  );

  it('given a name that the catalogue lacks, then there is none, and the refusal says which there are', () => {
    expect(named('Router', begun)).toBeUndefined();
    const refusal = refusalOf(() => expectLine(state(begun, adopted(closing('Sensor'))), 'Router'));
    expect(refusal?.code).toBe('LINE_UNKNOWN');
    expect(refusal?.details).toEqual({
      remedy: 'Name one of these lines: Gateway.',
      facts: { lines: [{ code: 'Gateway', name: 'Gateway' }] },
    });
  });

  it('given an empty catalogue, then the refusal says who fills it', () =>
    expect(refusalOf(() => expectLine(state(founded()), 'Router'))?.details).toEqual({
      remedy: 'Have the line added to the catalogue: two people at the vendor do that.',
      facts: { lines: [] },
    }));

  it('given a line with a new name, when another is proposed, then the one before is kept as a spelling', () =>
    given(lines, [begun, adopted(description('Sensor', { name: 'Probe' }))])
      .when(propose(description('sensor', { name: 'Feeler' })))
      .then([proposed(description('Sensor', { name: 'Feeler', spellings: ['Probe'] }))]));

  it('given a line with a new name, then code and old names name it too', () => {
    const renamed = [begun, adopted(description('Sensor', { name: 'Feeler', spellings: ['Probe'] }))];
    expect(['Sensor', 'Probe', 'Feeler'].map((text) => named(text, ...renamed))).toEqual([
      'Sensor',
      'Sensor',
      'Sensor',
    ]);
  });

  it('given two lines that look alike, then each is found by its own letters, and others are taken for the first', () => {
    const alike = founded(line('Gateway'), line('G\u0430teway'));
    expect(named('GATEWAY', alike)).toBe('Gateway');
    expect(named('g\u0430teway', alike)).toBe('G\u0430teway');
    expect(named('Gatew\u0430y', alike)).toBe('Gateway');
    expect(spellingOf(state(alike), 'Gateway')('G\u0430teway')).toBe(false);
  });

  it('given a spelling of a line, then it is told of others whether they are too', () => {
    const isGateway = spellingOf(state(begun), 'gw');
    expect(['Gateway', 'GATEWAY', 'Sensor', 'Router'].map(isGateway)).toEqual([true, true, false, false]);
    expect(['Router', 'ROUTER', 'Gateway'].map(spellingOf(state(begun), 'Router'))).toEqual([true, true, false]);
  });

  it('given a line that was closed, then it is found, is not chosen from, and may be opened again', () => {
    const closed = [begun, adopted(closing('Gateway'))];
    expect(named('Gateway', ...closed)).toBe('Gateway');
    expect(openLines(state(...closed)).map(({ code }) => code)).toEqual(['Sensor']);
    expect(lineClosed(state(...closed), line('Gateway')).details.facts).toEqual({
      lines: [{ code: 'Sensor', name: 'Sensor' }],
    });
    expect(openLines(state(...closed, adopted(reopening('Gateway')))).map(({ code }) => code)).toEqual([
      'Gateway',
      'Sensor',
    ]);
  });
});

describe('the lines of a log', () => {
  const [contoso, adatum] = [deriveId('account', 'contoso'), deriveId('account', 'adatum')];
  const mention = (spelling: string) => ({ spelling, docket: null });
  const docket = (spelling: string, accountId: string, key = spelling.toLowerCase()) => ({
    spelling,
    docket: { accountId, key },
  });

  it('given spellings that people cannot tell apart, then they are one line, of the code that was recorded first', () =>
    expect(linesOfLog([mention('Gateway'), mention('Sensor'), docket('GATEWAY ', contoso, 'gateway')])).toEqual([
      line('Gateway', { spellings: ['GATEWAY'] }),
      line('Sensor'),
    ]));

  it('given look-alikes with dockets of different accounts, then they are one line, and the dockets keep their ids', () =>
    expect(linesOfLog([docket('Gateway', contoso), docket('G\u0430teway', adatum)])).toEqual([
      line('Gateway', { spellings: ['G\u0430teway'], keys: ['gateway', 'g\u0430teway'] }),
    ]));

  it('given look-alikes with a docket each on one account, then they stay two lines', () => {
    const found = linesOfLog([
      docket('Gateway', contoso),
      docket('G\u0430teway', contoso),
      docket('Gatew\u0430y', adatum),
    ]);
    expect(found).toEqual([
      line('Gateway', { spellings: ['Gatew\u0430y'], keys: ['gateway', 'gatew\u0430y'] }),
      line('G\u0430teway'),
    ]);
  });

  it('given a docket whose id was derived from the spelling as it was typed, then it is found by that', () =>
    expect(linesOfLog([docket('Gateway', contoso, 'Gateway')])).toEqual([line('Gateway', { keys: ['Gateway'] })]));

  it('given a spelling of nothing, then it is no line', () => expect(linesOfLog([mention(' \u200b')])).toEqual([]));
});

describe('what stands in the log', () => {
  it('given a second founding, or a line that is added twice, then the catalogue is as it was: the log is never refused', () => {
    expect(state(begun, founded(line('Router')))).toEqual(state(begun));
    const once = state(begun, adopted(addition('Router', { spellings: ['Branch'] })));
    expect(once.lines.get('Router')).toEqual({
      code: 'Router',
      name: 'Router',
      spellings: ['Branch'],
      family: null,
      open: true,
      keys: ['router'],
    });
    const twice = fold(lines, [adopted(addition('Router', { name: 'Another' }))], { state: once, length: 2 });
    expect(twice.lines).toEqual(once.lines);
  });

  it('given what an installation to try begins with, then it is three lines that look as they are called', () =>
    expect(sampleLines).toEqual([line('Gateway'), line('Sensor'), line('Edge')]));

  it('given the log, then the stream of lines is called so for ever', () => expect(lines.category).toBe('lines'));

  it.each([
    ['a line with no key', line('Router', { keys: [] })],
    ['a key of nothing', line('Router', { keys: [''] })],
    ['a name of space alone', line('Router', { name: ' ' })],
  ])('given %s, then it is no line as the log keeps it', (_what, faulty) =>
    expect(lines.events[0]?.schema.safeParse({ lines: [faulty] }).success).toBe(false),
  );

  it('given a line with several keys, then the log keeps them all', () => {
    const data = { lines: [line('Router', { keys: ['router', 'branch router'] })] };
    expect(lines.events[0]?.schema.parse(data)).toEqual(data);
  });
});
