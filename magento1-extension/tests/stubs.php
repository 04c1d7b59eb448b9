<?php
/**
 * The least of Magento that the extension's classes lean on, over tables in memory: for a smoke test where no
 * shop is. Not part of the zip.
 */
class Varien_Object
{
    protected $_data;

    public function __construct($data = array())
    {
        $this->_data = $data;
    }

    public function getData($name)
    {
        return array_key_exists($name, $this->_data) ? $this->_data[$name] : null;
    }

    public function setData($name, $value)
    {
        $this->_data[$name] = $value;
        return $this;
    }

    public function getId()
    {
        return $this->getData('entity_id');
    }

    public function __call($name, $arguments)
    {
        return $this->getData(strtolower(preg_replace('/(?<!^)[A-Z]/', '_$0', substr($name, 3))));
    }
}

class Stub_Model extends Varien_Object
{
    private $_alias;

    public function __construct($alias)
    {
        parent::__construct();
        $this->_alias = $alias;
    }

    public function load($id)
    {
        foreach (Mage::$tables[$this->_alias] as $row) {
            if ((int) $row['entity_id'] === $id) {
                $this->_data = $row;
            }
        }
        return $this;
    }
}

class Varien_Data_Collection_Db
{
    private $_rows;
    private $_page = 1;
    private $_size = 0;

    public function __construct(array $rows)
    {
        $this->_rows = $rows;
    }

    public function addFieldToFilter($name, $condition)
    {
        $tests = array(
            'in' => function ($value, $asked) { return in_array($value, $asked); },
            'eq' => function ($value, $asked) { return $value == $asked; },
            'gteq' => function ($value, $asked) { return $value >= $asked; },
            'lt' => function ($value, $asked) { return $value < $asked; },
        );
        foreach ($condition as $test => $asked) {
            $this->_rows = array_values(array_filter(
                $this->_rows,
                function ($row) use ($name, $tests, $test, $asked) {
                    return $tests[$test]($row[$name], $asked);
                }
            ));
        }
        return $this;
    }

    public function setOrder($name, $direction)
    {
        usort($this->_rows, function ($left, $right) use ($name, $direction) {
            $order = $left[$name] == $right[$name] ? 0 : ($left[$name] < $right[$name] ? -1 : 1);
            return strtolower((string) $direction) === 'asc' ? $order : -$order;
        });
        return $this;
    }

    public function setCurPage($page)
    {
        $this->_page = max(1, (int) $page);
        return $this;
    }

    public function setPageSize($size)
    {
        $this->_size = (int) $size;
        return $this;
    }

    public function getSize()
    {
        return count($this->_rows);
    }

    /** By id, as Magento's collections are; a page past the end is the last one. */
    public function getItems()
    {
        $rows = $this->_rows;
        if ($this->_size > 0) {
            $last = max(1, (int) ceil(count($rows) / $this->_size));
            $rows = array_slice($rows, (min($this->_page, $last) - 1) * $this->_size, $this->_size);
        }
        $items = array();
        foreach ($rows as $index => $row) {
            $items['id' . $index] = new Varien_Object($row);
        }
        return $items;
    }
}

class Stub_Request
{
    private $_query;

    public function __construct(array $query)
    {
        $this->_query = $query;
    }

    public function getParam($name)
    {
        return isset($this->_query[$name]) ? $this->_query[$name] : null;
    }

    public function getFilter()
    {
        return $this->getParam('filter');
    }

    public function getOrderField()
    {
        return $this->getParam('order');
    }
}

class Stub_Response
{
    public $headers = array();

    public function setHeader($name, $value, $replace = false)
    {
        $this->headers[$name] = $value;
        return $this;
    }
}

abstract class Mage_Api2_Model_Resource
{
    const RESOURCE_NOT_FOUND = 'Resource not found.';
    const RESOURCE_COLLECTION_ORDERING_ERROR = 'Resource collection ordering error.';
    const RESOURCE_COLLECTION_FILTERING_ERROR = 'Resource collection filtering error.';

    private $_request;
    private $_response;

    public function answer(array $query)
    {
        $this->_request = new Stub_Request($query);
        $this->_response = new Stub_Response();
        try {
            $body = isset($query['id']) || !method_exists($this, '_retrieveCollection')
                ? $this->_retrieve()
                : $this->_retrieveCollection();
            return array('body' => $body, 'headers' => (object) $this->_response->headers);
        } catch (Stub_Critical $error) {
            return array('error' => $error->getMessage());
        }
    }

    public function getRequest()
    {
        return $this->_request;
    }

    public function getResponse()
    {
        return $this->_response;
    }

    protected function _critical($message)
    {
        throw new Stub_Critical($message);
    }

    final protected function _applyCollectionModifiers(Varien_Data_Collection_Db $collection)
    {
        $request = $this->getRequest();
        $collection->setCurPage($request->getParam('page'));
        $collection->setPageSize($request->getParam('limit') === null ? 10 : $request->getParam('limit'));
        if ($request->getOrderField() !== null) {
            $collection->setOrder($request->getOrderField(), $request->getParam('dir'));
        }
        foreach ((array) $request->getFilter() as $filter) {
            $name = $filter['attribute'];
            unset($filter['attribute']);
            $collection->addFieldToFilter($name, $filter);
        }
        return $this;
    }
}

class Stub_Critical extends Exception
{
}

class Mage
{
    public static $tables = array();
    public static $config = array();
    public static $stores = array();
    public static $includesTax = false;
    public static $observers = array();

    public static function getModel($alias)
    {
        return new Stub_Model($alias);
    }

    public static function getResourceModel($alias)
    {
        return new Varien_Data_Collection_Db(self::$tables[preg_replace('/_collection$/', '', $alias)]);
    }

    public static function getSingleton($alias)
    {
        return new self();
    }

    public static function helper($alias)
    {
        return new self();
    }

    public static function app()
    {
        return new self();
    }

    public static function getConfig()
    {
        return new self();
    }

    public static function getVersion()
    {
        return '1.9.4.5';
    }

    public static function getStoreConfig($path, $store = null)
    {
        return isset(self::$config[$path]) ? self::$config[$path] : null;
    }

    public static function dispatchEvent($name, array $data)
    {
        foreach (self::$observers as $observer) {
            $observer($name, $data);
        }
    }

    public function getModuleConfig($name)
    {
        return (object) array('version' => '1.0.0');
    }

    public function getStores()
    {
        return self::$stores;
    }

    public function getActiveMethods($store)
    {
        return array('mpm_mollie_ideal' => null, 'banktransfer' => null);
    }

    public function priceIncludesTax($storeId)
    {
        return self::$includesTax;
    }
}
