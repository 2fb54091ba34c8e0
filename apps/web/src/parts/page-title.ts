import { useEffect } from 'react';

import { words } from '../words';

export const usePageTitle = (title: string): void => {
  useEffect(() => {
    document.title = words.title(title);
  }, [title]);
};
