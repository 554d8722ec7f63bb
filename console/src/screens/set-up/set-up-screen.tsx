import type { ReactElement } from 'react';
import { Skeleton } from '../../design/marks.tsx';

export function SetUpScreen(): ReactElement {
  return <Skeleton />;
}
