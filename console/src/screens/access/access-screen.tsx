import type { ReactElement } from 'react';
import { Skeleton } from '../../design/marks.tsx';

export function AccessScreen(): ReactElement {
  return <Skeleton />;
}
