import { dayReader } from './day-pattern';

it.each([
  ['yyyy-MM-dd', '2017-03-01', '2017-03-01'],
  ['M/d/yyyy', '3/1/2017', '2017-03-01'],
  ['M/d/yyyy', '12/31/2017', '2017-12-31'],
  ['dd.MM.yyyy', '01.03.2017', '2017-03-01'],
  ['yyyy年M月d日', '2017年3月1日', '2017-03-01'],
])('given the format %s, when %s is read, then it is %s', (pattern, text, day) => {
  expect(dayReader(pattern)(text)).toBe(day);
});

it.each([
  ['yyyy-MM-dd', '2017-3-1'],
  ['yyyy-MM-dd', '2017-02-29'],
  ['yyyy-MM-dd', ' 2017-03-01'],
  ['M/d/yyyy', '13/1/2017'],
  ['dd.MM.yyyy', '01x03x2017'],
])('given the format %s, when %s is read, then it is refused', (pattern, text) => {
  expect(() => dayReader(pattern)(text)).toThrow(RangeError);
});

it.each(['', 'yyyy-MM', 'yyyy-MM-dd-dd', 'yyyy-MM-dd HH', 'yyyy-MM-dd1', 'MMM d yyyy'])(
  'when "%s" is given as a format, then it is refused',
  (pattern) => {
    expect(() => dayReader(pattern)).toThrow('is not a date format such as yyyy-MM-dd');
  },
);
