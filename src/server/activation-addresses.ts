/** The two addresses a merchant fills in where their own shop activates our integration (Magento 2). */
export const activationAddresses = (publicUrl: string, system: string, licenceKey: string) => ({
  callbackUrl: `${publicUrl}/connect/${system}/activation/${licenceKey}`,
  identityUrl: `${publicUrl}/connect/${system}/identity`,
})
