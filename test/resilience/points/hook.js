/**
 * Loaded into an app of the built product by `node --require`. Where the file that RESILIENCE_POINT names holds an order,
 * the app's process dies by SIGKILL at the point that it names: once for each order, which goes with the process.
 */
const { readFileSync, renameSync } = require('node:fs');
const { join } = require('node:path');

const orders = process.env.RESILIENCE_POINT ?? '';
const build = join(__dirname, '../../../dist');

/** A point that is not wrapped would never be passed, and a run would seem to have stood it. */
const expectFunction = (what, found) => {
  if (typeof found === 'function') return found;
  process.stderr.write(`named points: ${what} is not there to be wrapped\n`);
  process.exit(70);
};

const readOrder = () => {
  try {
    return readFileSync(orders, 'utf8');
  } catch {
    return undefined;
  }
};

let current;
let left = 0;

/** Dies here where that was ordered. */
const pass = (point) => {
  const order = readOrder();
  if (order === undefined) return;
  const { point: wanted, skip } = JSON.parse(order);
  if (wanted !== point) return;
  if (order !== current) [current, left] = [order, skip];
  if (left-- > 0) return;
  renameSync(orders, `${orders}.done`);
  process.kill(process.pid, 'SIGKILL');
};

/** A notice was given, and the place of the process that gave it not kept since. */
let noticeGiven = false;

const wrapAppends = ({ Appender }) => {
  const append = expectFunction('the append of the event store', Appender?.prototype?.append);
  Appender.prototype.append = async function (stream, expected, messages, ...rest) {
    const types = messages.map((message) => message.getMetadataMap().get('type'));
    // Whoever gets here has seen the filing on the docket.
    if (types.includes('deal-submitted')) pass('docket-before-deal');
    // Whoever gets here has heard that the mail server took the mail.
    if (types.includes('notice-mailed')) pass('mail-before-record');
    const answer = await append.call(this, stream, expected, messages, ...rest);
    if (answer.kind !== 'appended') return answer;
    if (types.includes('claim-filed')) pass('docket-before-deal');
    if (types.includes('notice-given')) noticeGiven = true;
    if (types.includes('notice-mailed')) pass('mail-recorded');
    pass('append-answered');
    return answer;
  };
};

const SAVES_CHECKPOINT = /update \S*"checkpoints"\s+set position/;
const SAVES_PLACE = /^INSERT INTO ops\.process_checkpoint/;
const WRITES_ROWS = /^(insert into|update|delete from) \S*"rm_\w+_v\d+"/;
/** Rows and checkpoint in one statement: nothing is between them but the way there and back. */
const WRITES_BOTH = /\bwritten_0 as \(/;

/** The arguments of a query, with something to do before its answer is told. */
const beforeAnswer = (args, work) => {
  const callback = args.at(-1);
  if (typeof callback !== 'function') return undefined;
  return [
    ...args.slice(0, -1),
    (...answer) => {
      work();
      callback(...answer);
    },
  ];
};

const wrapQueries = ({ Client }) => {
  const query = expectFunction('the query of PostgreSQL', Client?.prototype?.query);
  /** The connections with an open transaction, and whether it has written rows of a view. */
  const open = new WeakMap();
  Client.prototype.query = function (...args) {
    const [sql, values] = args;
    const text = typeof sql === 'string' ? sql : (sql?.text ?? '');
    const run = () => query.apply(this, args);
    if (SAVES_PLACE.test(text) && values?.[0] === 'claim-notices') {
      if (noticeGiven) pass('action-before-record');
      noticeGiven = false;
    }
    if (WRITES_BOTH.test(text)) {
      const told = beforeAnswer(args, () => pass('checkpoint-committed'));
      const sent = query.apply(this, told ?? args);
      pass('checkpoint-saved');
      return told
        ? sent
        : sent.then((result) => {
            pass('checkpoint-committed');
            return result;
          });
    }
    if (text.startsWith('begin')) open.set(this, false);
    if (open.has(this) && WRITES_ROWS.test(text)) open.set(this, true);
    const hasRows = open.get(this) === true;
    if (hasRows && SAVES_CHECKPOINT.test(text)) pass('rows-written');
    if (text !== 'commit' && text !== 'rollback') return run();
    open.delete(this);
    if (!hasRows || text === 'rollback') return run();
    // Whether the checkpoint is among what is committed is the product's promise: the views tell whether it was kept.
    pass('checkpoint-saved');
    return run().then((result) => {
      pass('checkpoint-committed');
      return result;
    });
  };
};

const wrapMail = ({ createTransport }) => {
  const transport = Object.getPrototypeOf(createTransport({ jsonTransport: true }));
  const sendMail = expectFunction('the sending of nodemailer', transport.sendMail);
  transport.sendMail = function (...args) {
    pass('mail-not-sent');
    return sendMail.apply(this, args);
  };
};

wrapAppends(require(join(build, 'libs/event-store/src/esdb/appender.js')));
wrapQueries(require('pg'));
wrapMail(require('nodemailer'));
