<?php
class Doorvoer_Invoices_Model_Api2_Creditmemo extends Doorvoer_Invoices_Model_Api2_Document
{
    protected function _getAliases()
    {
        return array(
            'model' => 'sales/order_creditmemo',
            'collection' => 'sales/order_creditmemo_collection',
            'rows' => 'sales/order_creditmemo_item_collection',
        );
    }

    protected function _getOwnColumns()
    {
        return array('invoice_id', 'base_adjustment', 'base_adjustment_positive', 'base_adjustment_negative');
    }
}
