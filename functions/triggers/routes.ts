// The beginnings that routes share.

export const COMPANY = 'companies/{company}';
export const CUSTOMER = `${COMPANY}/customers/{customer}`;
