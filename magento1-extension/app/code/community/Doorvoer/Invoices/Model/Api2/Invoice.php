<?php
class Doorvoer_Invoices_Model_Api2_Invoice extends Doorvoer_Invoices_Model_Api2_Document
{
    protected function _getAliases()
    {
        return array(
            'model' => 'sales/order_invoice',
            'collection' => 'sales/order_invoice_collection',
            'rows' => 'sales/order_invoice_item_collection',
        );
    }
}
