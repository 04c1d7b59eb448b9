<?php
/**
 * Collections with paging, filters and order of api2 itself, and a count for who has to know where they end.
 */
abstract class Doorvoer_Invoices_Model_Api2_Collection extends Mage_Api2_Model_Resource
{
    /** Attributes a filter may name; null: all that are allowed. */
    protected $_filterable = null;

    /** Attributes a list may be ordered by; null: all that there are. */
    protected $_sortable = null;

    /**
     * One page of a collection; X-Total-Count tells how many there are on all pages.
     *
     * @param Varien_Data_Collection_Db $collection
     * @return array
     */
    protected function _getPage($collection)
    {
        $this->_checkQuestion();
        $this->_applyCollectionModifiers($collection);
        $this->_setTotal($collection->getSize());
        return array_values($collection->getItems());
    }

    protected function _setTotal($count)
    {
        $this->getResponse()->setHeader('X-Total-Count', (string) $count, true);
    }

    protected function _checkQuestion()
    {
        $order = $this->getRequest()->getOrderField();
        if ($this->_sortable !== null && $order !== null && !in_array($order, $this->_sortable, true)) {
            $this->_critical(self::RESOURCE_COLLECTION_ORDERING_ERROR);
        }
        $filters = $this->getRequest()->getFilter();
        foreach ($this->_filterable !== null && is_array($filters) ? $filters : array() as $filter) {
            $name = is_array($filter) && isset($filter['attribute']) ? $filter['attribute'] : null;
            if (!in_array($name, $this->_filterable, true)) {
                $this->_critical(self::RESOURCE_COLLECTION_FILTERING_ERROR);
            }
        }
    }

    /**
     * These values of a model by their names, null where it has none.
     *
     * @param Varien_Object $model
     * @return array
     */
    protected function _pick($model, array $names)
    {
        $value = array();
        foreach ($names as $name) {
            $value[$name] = $model->getData($name);
        }
        return $value;
    }
}
