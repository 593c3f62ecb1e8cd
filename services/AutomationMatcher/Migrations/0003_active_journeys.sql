-- Those that wait for a phone or for news of their message, to count them; those that wait for their time have journeys_due.
create index journeys_active on journeys (state) where state in ('no_phone', 'requested');
