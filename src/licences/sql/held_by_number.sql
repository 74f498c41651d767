SELECT id FROM licences_held WHERE number_blind = $1
