import { faultOfName, faultOfText } from '@tempore/kernel';

import type { DealContent } from './deal.content';

type Text = readonly [field: string, text: string | null];

const namesOf = ({
  customer,
  purchaser,
  productLine,
  site,
  projectReference,
  ownReference,
}: DealContent): readonly Text[] => [
  ['customer.legalName', customer.legalName],
  ['customer.domain', customer.domain],
  ['customer.registryNumber', customer.registryNumber],
  ['customer.website', customer.website],
  ['purchaser.legalName', purchaser?.legalName ?? null],
  ['productLine', productLine],
  ['site', site],
  ['projectReference', projectReference],
  ['ownReference', ownReference],
];

const textsOf = ({ customer, businessProblem }: DealContent): readonly Text[] => [
  ['customer.address', customer.address],
  ['businessProblem', businessProblem],
];

/** What is wrong with the texts of a content. What stood there before is let be: not every field may be mended later. */
export const unwritten = (content: DealContent, before: DealContent) => [
  ...faults(namesOf, content, before, faultOfName),
  ...faults(textsOf, content, before, faultOfText),
];

const faults = (
  textsIn: (content: DealContent) => readonly Text[],
  content: DealContent,
  before: DealContent,
  faultOf: (text: string) => string | undefined,
) => {
  const known = new Map(textsIn(before));
  return textsIn(content).flatMap(([field, text]) => {
    const message = text === null || text === known.get(field) ? undefined : faultOf(text);
    return message === undefined ? [] : [{ field, message }];
  });
};
