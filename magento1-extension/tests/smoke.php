<?php
/**
 * Runs the resource classes over tables in memory. Standard input: {"documents": {kind: [document, ...]},
 * "calls": [{"resource": "Invoice", "query": {...}}], "includesTax": bool, "extra": {...}}. Standard output:
 * what each call answers.
 */
error_reporting(E_ALL);
set_error_handler(function ($level, $message, $file, $line) {
    throw new ErrorException($message, 0, $level, $file, $line);
});
require __DIR__ . '/stubs.php';

spl_autoload_register(function ($class) {
    $root = dirname(__DIR__) . '/app/code/community/';
    $file = $root . str_replace('_', '/', $class) . '.php';
    if (is_file($file)) {
        require $file;
    }
});

$input = json_decode(file_get_contents('php://stdin'), true);
Mage::$includesTax = !empty($input['includesTax']);
Mage::$config = array('general/locale/timezone' => 'Europe/Amsterdam');
Mage::$stores = array(new Varien_Object(array('id' => '1', 'entity_id' => '1', 'code' => 'default')));
if (isset($input['extra'])) {
    Mage::$observers[] = function ($name, $data) use ($input) {
        foreach ($input['extra'] as $key => $value) {
            $data['transport']->setData($key, $value);
        }
    };
}

$names = array('invoice' => 'sales/order_invoice', 'creditmemo' => 'sales/order_creditmemo');
$shared = array('sales/order', 'sales/order_item', 'sales/order_address', 'sales/order_payment');
foreach ($shared as $table) {
    Mage::$tables[$table] = array();
}
Mage::$tables['tax/calculation_rate'] = array(
    array('tax_calculation_rate_id' => '3', 'code' => 'NL-21', 'rate' => '21.0000'),
);
foreach ($names as $kind => $table) {
    Mage::$tables[$table] = array();
    Mage::$tables[$table . '_item'] = array();
    foreach (isset($input['documents'][$kind]) ? $input['documents'][$kind] : array() as $document) {
        $order = $document['order'];
        foreach ($document['items'] as $row) {
            $item = $row['order_item'] + array(
                'item_id' => $row['order_item_id'],
                'order_id' => $order['entity_id'],
            );
            Mage::$tables['sales/order_item'][$row['order_item_id']] = $item;
            unset($row['order_item']);
            Mage::$tables[$table . '_item'][] = $row;
        }
        foreach (array('billing', 'shipping') as $type) {
            if ($order[$type . '_address'] !== null) {
                $address = $order[$type . '_address'] + array('parent_id' => $order['entity_id']);
                Mage::$tables['sales/order_address'][$order['entity_id'] . $type] = $address;
            }
        }
        $info = array('secret_token' => 'never shown');
        foreach ($order['payment_additional_info'] as $pair) {
            $info[$pair['key']] = $pair['value'];
        }
        Mage::$config['payment/' . $order['payment_method'] . '/title'] = $order['payment_title'];
        Mage::$tables['sales/order_payment'][$order['entity_id']] = array(
            'parent_id' => $order['entity_id'],
            'method' => $order['payment_method'],
            'additional_information' => $info,
        );
        Mage::$tables['sales/order'][$order['entity_id']] = array_filter($order, 'is_scalar')
            + array('store_id' => $document['store_id']);
        unset($document['items'], $document['order']);
        Mage::$tables[$table][] = $document;
    }
}
foreach ($shared as $table) {
    Mage::$tables[$table] = array_values(Mage::$tables[$table]);
}

$answers = array();
foreach ($input['calls'] as $call) {
    $class = 'Doorvoer_Invoices_Model_Api2_' . $call['resource'] . '_Rest_Admin_V1';
    $resource = new $class();
    $answers[] = $resource->answer($call['query']);
}
echo json_encode($answers);
