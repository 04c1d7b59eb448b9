/** The name in problems that a person reads. */
export const system = 'Magento 1'
