<?php
/** Versions of the shop and settings of its stores: what decides how its amounts came about. */
class Doorvoer_Invoices_Model_Api2_Info extends Mage_Api2_Model_Resource
{
    protected function _retrieve()
    {
        $isOpenMage = method_exists('Mage', 'getOpenMageVersion');
        $stores = array();
        foreach (Mage::app()->getStores() as $store) {
            $stores[] = $this->_getStoreValue($store);
        }
        return array(
            'extension_version' => (string) Mage::getConfig()->getModuleConfig('Doorvoer_Invoices')->version,
            'magento_version' => Mage::getVersion(),
            'openmage_version' => $isOpenMage ? Mage::getOpenMageVersion() : null,
            'php_version' => PHP_VERSION,
            'server_time_utc' => gmdate('Y-m-d H:i:s'),
            'stores' => $stores,
        );
    }

    protected function _getStoreValue($store)
    {
        $id = $store->getId();
        return array(
            'store_id' => $id,
            'code' => $store->getCode(),
            'name' => $store->getName(),
            'website_id' => $store->getWebsiteId(),
            'base_currency_code' => $store->getBaseCurrencyCode(),
            'country_id' => Mage::getStoreConfig('general/country/default', $id),
            'timezone' => Mage::getStoreConfig('general/locale/timezone', $id),
            'base_url' => $store->getBaseUrl(),
            'tax_algorithm' => Mage::getStoreConfig('tax/calculation/algorithm', $id),
            'prices_include_tax' => Mage::getStoreConfig('tax/calculation/price_includes_tax', $id),
            'apply_tax_after_discount' => Mage::getStoreConfig('tax/calculation/apply_after_discount', $id),
        );
    }
}
