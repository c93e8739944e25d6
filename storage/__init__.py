"""Tables, migrations, one repository per aggregate and the unit of work. The only room that speaks SQL."""
