import type { ReactElement } from 'react';
import { Skeleton } from '../../design/marks.tsx';

export function ProfileScreen(): ReactElement {
  return <Skeleton />;
}
