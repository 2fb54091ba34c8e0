import './look/index.css';

import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { queries } from './api/query-client';
import { ZoneProvider } from './parts/zone';
import { router } from './routes';
import { letNoTextBecomeHtml } from './trusted-types';

letNoTextBecomeHtml();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the application');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ZoneProvider>
        <RouterProvider router={router} />
      </ZoneProvider>
    </QueryClientProvider>
  </StrictMode>,
);
