import type { Notice } from './notice.events';
import { quoted, texts } from './texts';

export interface RenderedNotice {
  readonly title: string;
  readonly body: string;
}

/**
 * A notice in words, as its template had them when it was given. `unrecorded` is filled in beside its parameters: what only
 * the addressee may hold, such as a link that acts.
 */
export const render = (
  { template, templateVersion, parameters }: Pick<Notice, 'template' | 'templateVersion' | 'parameters'>,
  unrecorded: Notice['parameters'] = {},
): RenderedNotice => {
  const versions = texts[template];
  const { title, body } = versions[templateVersion - 1] ?? versions[0];
  const { line, customer } = parameters;
  const about = line === undefined || customer === undefined ? '' : `: ${quoted(line)}, ${quoted(customer)}`;
  return { title: `${title}${about}`, body: body({ ...parameters, ...unrecorded }) };
};
