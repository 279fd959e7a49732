// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "readers/ondevice/PagePlaces.h"

using namespace tallydesk;

namespace {

QList<qsizetype> plansOf(const QList<PagePlace>& places) {
    QList<qsizetype> plans;
    for (const PagePlace& place : places)
        plans.append(place.certain ? place.plan : -1);
    return plans;
}

}  // namespace

class PagePlacesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms);
        m_partyList = forms->byId(QStringLiteral("5-18-party-list"));
        m_constituency = forms->byId(QStringLiteral("5-17-constituency"));
        QVERIFY(m_partyList && m_constituency);
    }

    void pagesInOrderKeepIt() {
        QCOMPARE(plansOf(placePages(*m_partyList, {{10, false}, {24, false}, {23, true}})),
                 QList<qsizetype>({0, 1, 2}));
    }

    void shuffledPagesArePutRight() {
        QCOMPARE(plansOf(placePages(*m_partyList, {{23, true}, {10, false}, {24, false}})),
                 QList<qsizetype>({2, 0, 1}));
    }

    void aPageThatComesTwiceHasOnePlace() {
        QCOMPARE(plansOf(placePages(*m_partyList, {{10, false}, {24, false}, {24, false}, {23, true}})),
                 QList<qsizetype>({0, 1, 1, 2}));
    }

    void aRowTooManyOrTooFewLeavesThePageUncertain() {
        const auto places = placePages(*m_partyList, {{10, false}, {23, false}, {23, true}});
        QCOMPARE(plansOf(places), QList<qsizetype>({0, -1, 2}));
        // It is the page that is left.
        QCOMPARE(places[1].plan, 1);
    }

    void morePagesThanPlannedHaveNoPlace() {
        const auto places = placePages(*m_partyList, {{10, false}, {24, false}, {23, true}, {5, false}});
        QCOMPARE(places[3].plan, -1);
        QVERIFY(!places[3].certain);
    }

    void openTablesAreTakenInTheirOrder() {
        QCOMPARE(plansOf(placePages(*m_constituency, {{8, false}})), QList<qsizetype>({0}));
        QCOMPARE(plansOf(placePages(*m_constituency, {{8, false}, {2, true}})), QList<qsizetype>({0, -1}));
    }

private:
    std::shared_ptr<const FormTemplate> m_partyList;
    std::shared_ptr<const FormTemplate> m_constituency;
};

QTEST_APPLESS_MAIN(PagePlacesTest)
#include "tst_pageplaces.moc"
