import type { ContractFields, Currency } from '#data/contracts.ts';
import type { Country } from '#i18n/languages.ts';

const MONEY_OF: Record<Country, Currency> = { kr: 'KRW', th: 'THB', my: 'MYR', kh: 'USD' };

/** The money a contract speaks of: as chosen, else that of its country, else that of the screen's. */
export function currencyOf(contract: ContractFields, country: Country): Currency {
  return contract.currency ?? MONEY_OF[contract.country ?? country];
}
