/** Starts the console in its page. */
import './design/ground.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/api.ts';
import { startTheme } from './design/theme.ts';
import { loadSession } from './session/load-session.ts';
import { router } from './shell/router.tsx';

startTheme();
// Asked while the first screen's files are on their way; the page of a link has no session of its own.
if (location.pathname !== '/link') void loadSession();

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    {/* The page's policy allows no style elements. */}
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <Tooltip.Provider>
          <RouterProvider router={router} />
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
