import { nameKey, sameName } from './names';

it.each([
  ['gateway pro', 'small letters'],
  ['GATEWAY PRO', 'capitals'],
  [' Gateway  Pro ', 'more space'],
  ['Gateway\tPro', 'a tab'],
  ['Gateway\r\nPro', 'the end of a line'],
  ['Gateway\u00a0Pro', 'a space that does not break'],
  ['Gateway\u2800Pro', 'a blank of Braille'],
  ['Gateway\u3164Pro', 'a filler of Hangul'],
  ['Gate\u200bway Pro', 'a space without width'],
  ['Gate\u00adway Pro', 'a soft hyphen'],
  ['Gate\ufe0fway Pro', 'a selector of variants'],
  ['\u202eGateway Pro', 'a mark of direction'],
  ['Ｇａｔｅｗａｙ Pro', 'full width'],
  ['𝐆𝐚𝐭𝐞𝐰𝐚𝐲 Pro', 'letters of mathematics'],
  ['G\u0430teway Pro', 'an а of the Cyrillic script'],
  ['GATEW\u0410Y PRO', 'an А of the Cyrillic script, in capitals'],
  ['Gateway Pr\u03bf', 'an omicron'],
  ['Gateway Pr0', 'a zero'],
])('given %j, with %s, then it is Gateway Pro in another spelling', (spelling) => {
  expect(sameName('Gateway Pro', spelling)).toBe(true);
  expect(sameName(spelling, 'Gateway Pro')).toBe(true);
});

it.each([
  ['Gateway Plus', 'Gateway PIus'],
  ['Gateway 1', 'Gateway l'],
  ['Gateway I', 'Gateway 1'],
  ['Gateway O', 'Gateway 0'],
  ['Modern', 'Modem'],
  ['STRASSE', 'Straße'],
  ['ΟΔΟΣ', 'οδος'],
  ['Café', 'Cafe\u0301'],
])('given %j and %j, then people cannot tell them apart', (one, other) => expect(sameName(one, other)).toBe(true));

it.each(['GatewayPro', 'Gateway-Pro', 'Gateway Pro 2', 'Gateway Prö', 'Gateway'])(
  'given %j, then it is another name than Gateway Pro',
  (other) => expect(sameName('Gateway Pro', other)).toBe(false),
);

it.each([
  [' Gateway  Pro ', 'gateway pro'],
  ['Ｇａｔｅｗａｙ', 'gateway'],
  ['Gateway\tPro', 'gatewaypro'],
  ['Gateway Pr0', 'gateway pr0'],
])('given %j, then its key is %j for ever: ids of the log hang on it', (name, key) => expect(nameKey(name)).toBe(key));
