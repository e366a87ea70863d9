import { Copy, Mail, MessageSquareText, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, withoutBreaks } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import operator from '#shared/operator.json' with { type: 'json' };
import { Button, buttonClass } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { useScripting } from '#ui/useScripting.ts';

interface ReportWrongProps {
  title: string;
  checkedOn: string;
  language: Language;
}

/**
 * A prepared message to those who keep the facts. The app sends nothing: the worker chooses the way,
 * and without an address of the operator also to whom.
 */
export function ReportWrong({ title, checkedOn, language }: ReportWrongProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  if (!useScripting()) return null;
  const address = location.origin + location.pathname;
  const text = withoutBreaks(
    t(($) => $.report.text, { title, address, day: formatDay(checkedOn, language) }),
  );
  const encoded = encodeURIComponent(text);
  const subject = encodeURIComponent(withoutBreaks(`Mitra: ${title}`));
  const ways = [
    {
      icon: Mail,
      words: t(($) => $.report.email),
      href: `mailto:${operator.email}?subject=${subject}&body=${encoded}`,
    },
    {
      icon: Send,
      words: t(($) => $.report.telegram),
      href: `https://t.me/share/url?url=${encodeURIComponent(address)}&text=${encoded}`,
    },
    { icon: MessageSquareText, words: t(($) => $.report.sms), href: `sms:${operator.sms}?&body=${encoded}` },
  ];
  return (
    <details className={card.soft}>
      <summary>{t(($) => $.report.title)}</summary>
      <div className={card.stack}>
        <p>{t(($) => $.report.hint)}</p>
        {ways.map(({ icon: Icon, words, href }) => (
          <a key={words} className={buttonClass('quiet')} href={href} rel="noreferrer external">
            <Icon aria-hidden="true" />
            {words}
          </a>
        ))}
        <Button
          kind="quiet"
          icon={Copy}
          onClick={() =>
            void navigator.clipboard.writeText(text).then(
              () => setCopied(true),
              // The browser refuses: the other ways are still there.
              () => setCopied(false),
            )
          }
        >
          {t(($) => $.report.copy)}
        </Button>
        {copied && <p role="status">{t(($) => $.report.copied)}</p>}
      </div>
    </details>
  );
}
