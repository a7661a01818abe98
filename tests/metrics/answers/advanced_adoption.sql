from share_of_features($day, 30, ['automation', 'audit'])
