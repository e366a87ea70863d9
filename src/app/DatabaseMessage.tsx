import { useTranslation } from 'react-i18next';
import { Notice } from '#ui/Notice.tsx';
import type { DatabaseState } from './useDatabase.ts';

/** Says why the worker's own data is not on the screen, and what to do; nothing when it is open. */
export function DatabaseMessage({ data }: { data: DatabaseState }) {
  const { t } = useTranslation();
  switch (data.state) {
    case 'open':
      return null;
    case 'opening':
      return (
        <p role="status" aria-busy="true">
          {t(($) => $.status.loading)}
        </p>
      );
    case 'blocked':
      return <Notice kind="attention">{t(($) => $.status.upgradeBlocked)}</Notice>;
    case 'elsewhere':
      return <Notice kind="attention">{t(($) => $.status.upgradeElsewhere)}</Notice>;
    case 'failed':
      return (
        <Notice kind="problem" role="alert">
          <p>{t(($) => $.errors[data.error.type])}</p>
          {data.error.type === 'StorageBlocked' && <p>{t(($) => $.status.notKept)}</p>}
        </Notice>
      );
  }
}
