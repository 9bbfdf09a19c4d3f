"""The pack Claims knows a source that stands nearby and another sense of a word; and it finds plain figures."""

from __future__ import annotations

import pytest

from edlint.linter import Linter

SOURCED_OR_NO_CLAIM = """
We pulled records from the county clerk's files. The number of permits rose from 21 to 77. The largest share went to the old town.

Reporters went through ten years of court files. More than 4,000 cases were dropped. About a third of the cases took more than two
  years.

The newsroom analysed 12,000 parking tickets. Half of the tickets were written on two streets. The most expensive one cost
  $1,200,000 to collect.

Figures were drawn from the harbour's annual accounts. Landings have fallen by 40 percent. The fleet is worth $12 million.

Our team counted the boats for a month. More than 900 boats passed the lock. The number doubled on Sundays.

The map is based on the survey office's records. The county has more than 20,000 empty flats. The majority of the flats are in the
  south.

Data for this story come from the fire service. Fires rose sharply in March. The loss was $3 million.

The paper looked at ten years of budgets from the finance office. The city spent $41 million on roads. Spending has tripled since.

We compiled the list from public filings. The highest salary was $2,300,000. The median was more than 40,000 dollars.

According to the museum, 20,000 people came in May. That's 3,000 more than in April, and double the number of the year before.

The harbour office says 400 ships called last year. That is more than twice as many as in 2010.

By the ministry's count 12,000 people left. That amounts to one in five of those who lived there.

The bank says it lent $40 million. That works out at about $2,000 for each of its 20,000 customers.

Data from the grid show a load of 30 gigawatts. This is 5 million kilowatt hours more than in the spring.

The union says that 9,000 members voted. That means two out of three stayed at home.

The council's report puts the cost at $90 million. That comes to $3,000 for each household, or 12 percent of its budget.

According to the census, 3.1 million people live there. That is up from 2.4 million in 1990.

The firm's filing shows sales of $80 million. That was $20 million more than the year before.

The 2 million visitors forecast by the tourist board never came.

More than 300,000 cars counted by the road office used the bridge.

He was one of an estimated 12,000 people recorded by the census as without a home.

The $40 million projected by the treasury is not enough.

She drew on the 6,000 cases reported by the hospitals to write it.

An estimated 90,000 jobs, as reckoned by the chamber of commerce, hang on the port.

It is one of more than 200 wells listed by the survey.

The 1.2 million tonnes estimated by the ministry were never found.

Almost half of the people polled by the institute had no view.

Some residents are worried about the wall. "It will fall on us," said Ana Ruiz, who lives below it.

Many parents were angry at the plan. Bo Li, whose son is in the second class, called it a disgrace.

Some critics say the rink is a waste. One of them, Ana Ruiz, wrote to the board in May.

Others feel that the rule is unfair. Tom Hale, a baker, told the council that he may have to close.

Several neighbours complained about the smell. Mary Oduya, who has lived there for years, said it made her ill.

Some teachers were concerned. Among them is Kofi Boateng, who teaches maths and said he was not asked.

Many farmers fear a dry summer. "We have no water left," Ivo Marek, a farmer, said.

Some voters were unhappy with both. Jan Novak, a plumber, said he would stay at home.

Some experts doubt that it will work. Dr. Rosa Lind of the Coast Institute said the sand would not hold.

Some think pieces are too long. It was a matter of some thought.

That gave us some cause for hope. After some thought, she said no.

There is some doubt in his mind. With some hope, they set off.

Many happy returns, and some worry beads for you. He has many doubts.

He took some view of the matter. Some fear is good for a climber.

It gave him some say in the matter. They had some thought of moving.

She had some doubts about the car. There was some talk, some worry and some hope in the house.

It took some belief to go on. He gave it some thought and then some more.

Rain fell in the hills, and the river rose in the night. Leaves were falling.

The lamp had fallen in the hall. Night was falling. The sun rose in the east.

He had fallen asleep. The temperature dropped in the night, and fog had risen from the lake.

She dropped in on a friend and jumped in the pool. The cat has jumped in the bath.

The curtain rose on a bare stage. The dough has risen. His voice rose to a shout.

He grew in the house of his aunt. Roses are growing in the yard. The boys grew more tired.

The car slipped on the ice and plunged in the ditch. A hush fell. Smoke was rising.

The plates slipped and fell in the sink. The tree had fallen on the road in the storm.

He climbed to the top and jumped in the lake. The balloon rose more slowly.

The firm has improved its site. The team had increased the size of the box.

The mayor has increased the guard at the gate. They have decreased the dose.

A majority of the judges sided with her in the ruling. A majority of the board voted for it.

The club has improved the lawn. The bank has increased its rate.

The cook has improved the soup. The school has increased the number of its clubs from three to four.

A majority of the court held that the law stands. A minority of the bench dissented.

We have improved the search box. The team is improving the map.

They are increasing the size of the text. The chair has narrowed the list to two names.

The state has increased its watch on the coast. A majority of the senate backed it.

A change of address may affect the day on which a form is due.

The form could leave you without a claim if a box is empty.

A missing comma can change what a clause means, and may change who is paid.

The setting might affect the size of the text on the page.

A late payment could cost the holder the discount under the scheme.

The option may prompt the reader to enter a name, or leave the field empty.

The clause might allow a tenant to end the lease early.

Such an order would give the owner the right to enter the site, and may leave the tenant without a key.

The test might help a patient to choose, or lead to more tests.
""".strip().split("\n\n")

UNSOURCED = """
Smokers are three times more likely to miss work.

Men are half as likely to see a doctor as women.

Girls are far more likely than boys to finish the course.

Children of the poor are four times as likely to leave school early.

A flat in the old town costs $900 a month on average.

The average rent is 1,200 euros.

The typical nurse earns $64,000 a year.

The median house sells for $410,000.

The chain brings in more than $2 billion a year.

The company turned over 90 million euros in 2022.

It made a loss of $40 million last year.

The sector employs more than 300,000 people.

The gang made off with $3 million worth of gold.

The fire caused damage worth 4 million euros.

The storm left $600 million in damage.

The robbers took an estimated 20 million pounds in cash.
""".strip().split("\n\n")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Claims"])


@pytest.mark.parametrize("text", SOURCED_OR_NO_CLAIM)
def test_no_claim(linter: Linter, text: str) -> None:
    assert not [f.message for f in linter.lint_text(f"{' '.join(text.split())}\n\nThe end came soon.").findings]


@pytest.mark.parametrize("text", UNSOURCED)
def test_claim(linter: Linter, text: str) -> None:
    assert [f.rule for f in linter.lint_text(f"{' '.join(text.split())}\n\nThe end came soon.").findings] == ["Claims.Figure"]
