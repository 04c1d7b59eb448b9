<?php
class Doorvoer_Invoices_Model_Api2_Info_Rest_Admin_V1 extends Doorvoer_Invoices_Model_Api2_Info
{
}
