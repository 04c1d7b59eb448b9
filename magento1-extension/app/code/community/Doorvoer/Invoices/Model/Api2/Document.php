<?php
/**
 * What invoices and credit memos have in common: each with its rows and its order, as the tables hold them.
 * Reads only, through Magento's own collections.
 */
abstract class Doorvoer_Invoices_Model_Api2_Document extends Doorvoer_Invoices_Model_Api2_Collection
{
    /** Columns of both documents' tables. */
    protected $_columns = array(
        'entity_id', 'increment_id', 'store_id', 'order_id', 'state', 'created_at', 'updated_at',
        'base_grand_total', 'base_subtotal', 'base_subtotal_incl_tax', 'base_tax_amount',
        'base_discount_amount', 'base_shipping_amount', 'base_shipping_incl_tax',
        'base_shipping_tax_amount', 'base_hidden_tax_amount', 'base_shipping_hidden_tax_amnt',
        'grand_total', 'subtotal', 'subtotal_incl_tax', 'tax_amount', 'discount_amount',
        'shipping_amount', 'shipping_incl_tax', 'shipping_tax_amount', 'hidden_tax_amount',
        'base_currency_code', 'order_currency_code', 'store_currency_code', 'global_currency_code',
        'base_to_order_rate', 'base_to_global_rate', 'store_to_base_rate', 'store_to_order_rate',
        'transaction_id', 'discount_description',
    );

    /** Columns of a row, each in the base currency and in the order's. */
    protected $_rowAmounts = array(
        'price', 'price_incl_tax', 'row_total', 'row_total_incl_tax', 'tax_amount', 'discount_amount',
        'hidden_tax_amount',
    );

    protected $_addressColumns = array(
        'address_type', 'firstname', 'middlename', 'lastname', 'company', 'street', 'city', 'region',
        'postcode', 'country_id', 'telephone', 'email', 'vat_id',
    );

    /** Amounts incl. VAT that custom work in the shop may add (event doorvoer_invoices_document). */
    protected $_extraAmounts = array(
        'paymethod_costs', 'extra_payment_option_price', 'extra_costs', 'credit_point_discount',
    );

    /** What a payment may tell: nothing else of it leaves the shop. */
    protected $_paymentInfo = array('channel_id');

    protected $_filterable = array('entity_id', 'order_id', 'store_id', 'state', 'created_at', 'updated_at');

    protected $_sortable = array('entity_id', 'created_at', 'updated_at');

    /** Class aliases of the document, its collection and the collection of its rows. */
    abstract protected function _getAliases();

    /** Columns of this kind of document only. */
    protected function _getOwnColumns()
    {
        return array();
    }

    protected function _retrieve()
    {
        $aliases = $this->_getAliases();
        $document = Mage::getModel($aliases['model'])->load((int) $this->getRequest()->getParam('id'));
        if (!$document->getId()) {
            $this->_critical(self::RESOURCE_NOT_FOUND);
        }
        $values = $this->_getValues(array($document));
        return $values[0];
    }

    protected function _retrieveCollection()
    {
        $aliases = $this->_getAliases();
        $collection = Mage::getResourceModel($aliases['collection']);
        return $this->_getValues($this->_getPage($collection));
    }

    /**
     * A list, not keyed by id: the order asked for has to survive JSON.
     *
     * @param array $documents
     * @return array
     */
    protected function _getValues(array $documents)
    {
        if (!$documents) {
            return array();
        }
        $aliases = $this->_getAliases();
        $ids = $this->_getColumn($documents, 'entity_id');
        $orderIds = $this->_getColumn($documents, 'order_id');
        $rows = $this->_getGroups($aliases['rows'], 'parent_id', $ids);
        $orderItems = $this->_getById('sales/order_item_collection', 'order_id', $orderIds, 'item_id');
        $orders = $this->_getById('sales/order_collection', 'entity_id', $orderIds, 'entity_id');
        $addresses = $this->_getGroups('sales/order_address_collection', 'parent_id', $orderIds);
        $payments = $this->_getGroups('sales/order_payment_collection', 'parent_id', $orderIds);

        $values = array();
        foreach ($documents as $document) {
            $orderId = $document->getData('order_id');
            $order = isset($orders[$orderId]) ? $orders[$orderId] : null;
            $value = $this->_getDocumentValue($document);
            $value['items'] = array();
            foreach (isset($rows[$document->getId()]) ? $rows[$document->getId()] : array() as $row) {
                $itemId = $row->getData('order_item_id');
                $orderItem = isset($orderItems[$itemId]) ? $orderItems[$itemId] : null;
                $value['items'][] = $this->_getRowValue($row, $orderItem, $document->getData('store_id'));
            }
            $value['order'] = $order === null ? null : $this->_getOrderValue(
                $order,
                isset($addresses[$orderId]) ? $addresses[$orderId] : array(),
                isset($payments[$orderId]) ? $payments[$orderId] : array()
            );
            $values[] = $value;
        }
        return $values;
    }

    protected function _getDocumentValue($document)
    {
        $columns = array_merge($this->_columns, $this->_getOwnColumns());
        $value = $this->_pick($document, $columns);
        $transport = new Varien_Object(array_fill_keys($this->_extraAmounts, null));
        Mage::dispatchEvent(
            'doorvoer_invoices_document',
            array('document' => $document, 'transport' => $transport)
        );
        return $value + $this->_pick($transport, $this->_extraAmounts);
    }

    protected function _getRowValue($row, $orderItem, $storeId)
    {
        $columns = array('entity_id', 'parent_id', 'order_item_id', 'product_id', 'sku', 'name', 'qty');
        foreach ($this->_rowAmounts as $name) {
            $columns[] = 'base_' . $name;
        }
        $value = $this->_pick($row, array_merge($columns, $this->_rowAmounts));
        $exact = $orderItem === null
            ? null
            : $this->_getFourDecimals($row, $orderItem->getData('tax_percent'), $storeId);
        $value['base_row_total4_decimals'] = $exact === null ? null : $exact[0];
        $value['tax_amount4_decimals'] = $exact === null ? null : $exact[1];
        $value['order_item'] = $this->_pick(
            $orderItem === null ? new Varien_Object() : $orderItem,
            array('parent_item_id', 'product_type', 'tax_percent')
        );
        return $value;
    }

    /**
     * Net and VAT of a row before the shop rounded them, so that small amounts show their rate. Null where the
     * percentage of the order item does not explain the row's own amounts: nothing is made up.
     *
     * @return array|null two texts of four decimals
     */
    protected function _getFourDecimals($row, $percent, $storeId)
    {
        $total = $row->getData('base_row_total');
        $totalIncl = $row->getData('base_row_total_incl_tax');
        $qty = (float) $row->getData('qty');
        $percent = (float) $percent;
        if ($total === null || $totalIncl === null || $qty <= 0 || $percent <= 0) {
            return null;
        }
        if (Mage::helper('tax')->priceIncludesTax($storeId)) {
            $gross = (float) $row->getData('base_price_incl_tax') * $qty;
            $net = $gross * 100 / (100 + $percent);
        } else {
            $net = (float) $row->getData('base_price') * $qty;
            $gross = $net * (100 + $percent) / 100;
        }
        $allowed = 0.005 * $qty + 0.01;
        if (abs($net - (float) $total) > $allowed || abs($gross - (float) $totalIncl) > $allowed) {
            return null;
        }
        return array(number_format($net, 4, '.', ''), number_format($gross - $net, 4, '.', ''));
    }

    protected function _getOrderValue($order, array $addresses, array $payments)
    {
        $columns = array(
            'entity_id', 'increment_id', 'created_at', 'status', 'customer_id', 'customer_email',
            'customer_taxvat', 'is_virtual', 'shipping_description', 'coupon_code',
        );
        $value = $this->_pick($order, $columns);
        $payment = $payments ? $payments[0] : null;
        $method = $payment === null ? null : $payment->getData('method');
        $value['payment_method'] = $method;
        $value['payment_title'] = $method === null
            ? null
            : Mage::getStoreConfig('payment/' . $method . '/title', $order->getData('store_id'));
        $value['payment_additional_info'] = $this->_getPaymentInfo($payment);
        $value['billing_address'] = null;
        $value['shipping_address'] = null;
        foreach ($addresses as $address) {
            $type = $address->getData('address_type');
            if ($type === 'billing' || $type === 'shipping') {
                $value[$type . '_address'] = $this->_pick($address, $this->_addressColumns);
            }
        }
        return $value;
    }

    protected function _getPaymentInfo($payment)
    {
        $info = $payment === null ? null : $payment->getData('additional_information');
        $list = array();
        foreach ($this->_paymentInfo as $key) {
            if (is_array($info) && isset($info[$key]) && is_scalar($info[$key])) {
                $list[] = array('key' => $key, 'value' => (string) $info[$key]);
            }
        }
        return $list;
    }

    protected function _getColumn(array $models, $name)
    {
        $values = array();
        foreach ($models as $model) {
            $values[] = $model->getData($name);
        }
        return array_values(array_unique($values));
    }

    /** The models of a collection whose $column is one of $ids, by the value of $key. */
    protected function _getById($alias, $column, array $ids, $key)
    {
        $found = array();
        $collection = Mage::getResourceModel($alias)->addFieldToFilter($column, array('in' => $ids));
        foreach ($collection->getItems() as $model) {
            $found[$model->getData($key)] = $model;
        }
        return $found;
    }

    /** The same, in lists by the value of $column. */
    protected function _getGroups($alias, $column, array $ids)
    {
        $found = array();
        $collection = Mage::getResourceModel($alias)->addFieldToFilter($column, array('in' => $ids));
        foreach ($collection->getItems() as $model) {
            $found[$model->getData($column)][] = $model;
        }
        return $found;
    }
}
