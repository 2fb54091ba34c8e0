export { normaliseName, type NormalisedName, type Word, type WordKind } from './normalise';
export { compareNames, scoreNames, type NameScore } from './score';
