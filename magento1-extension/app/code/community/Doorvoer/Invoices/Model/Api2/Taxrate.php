<?php
class Doorvoer_Invoices_Model_Api2_Taxrate extends Doorvoer_Invoices_Model_Api2_Collection
{
    protected function _retrieveCollection()
    {
        $names = array(
            'tax_calculation_rate_id', 'code', 'tax_country_id', 'tax_region_id', 'tax_postcode', 'rate',
            'zip_is_range', 'zip_from', 'zip_to',
        );
        $values = array();
        foreach ($this->_getPage(Mage::getResourceModel('tax/calculation_rate_collection')) as $rate) {
            $values[] = $this->_pick($rate, $names);
        }
        return $values;
    }
}
