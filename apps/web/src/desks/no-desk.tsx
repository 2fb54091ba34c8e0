import { usePageTitle } from '../parts/page-title';
import { words } from '../words';

/** For whom the portal has no pages so far. */
export const NoDesk = () => {
  usePageTitle(words.noDesk.title);
  return (
    <section className="page narrow">
      <h1>{words.noDesk.title}</h1>
      <p className="lead">{words.noDesk.body}</p>
      <p>
        <a href="/docs">{words.noDesk.docs}</a>
      </p>
    </section>
  );
};
