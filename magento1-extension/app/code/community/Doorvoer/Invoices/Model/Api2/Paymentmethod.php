<?php
/** The payment methods that are switched on, per store; all of them at once, there are few. */
class Doorvoer_Invoices_Model_Api2_Paymentmethod extends Doorvoer_Invoices_Model_Api2_Collection
{
    protected function _retrieveCollection()
    {
        $values = array();
        foreach (Mage::app()->getStores() as $store) {
            $methods = Mage::getSingleton('payment/config')->getActiveMethods($store);
            foreach (array_keys($methods) as $code) {
                $values[] = array(
                    'store_id' => $store->getId(),
                    'code' => $code,
                    'title' => Mage::getStoreConfig('payment/' . $code . '/title', $store->getId()),
                    'active' => '1',
                );
            }
        }
        $this->_setTotal(count($values));
        return $values;
    }
}
