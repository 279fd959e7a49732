// SPDX-License-Identifier: GPL-3.0-or-later
#include "FormTexts.h"

namespace tallydesk::synth {

namespace {

QList<FigureLine> unitFigures(const QString& noVote) {
    const QString count = QStringLiteral("จำนวน");
    const QString ballots = QStringLiteral("บัตร");
    const QString people = QStringLiteral("คน");
    return {
        {{}, QStringLiteral("๑. จำนวนผู้มีสิทธิเลือกตั้ง"), {}, {}, 142, 0, false, false},
        {QStringLiteral("eligible"), QStringLiteral("๑.๑ จำนวนผู้มีสิทธิเลือกตั้งตามบัญชีรายชื่อผู้มีสิทธิเลือกตั้ง"), count,
         people, 180, 880, true, false},
        {QStringLiteral("turnout"), QStringLiteral("๑.๒ จำนวนผู้มีสิทธิเลือกตั้งที่มาแสดงตน (เฉพาะวันเลือกตั้ง)"), count,
         people, 180, 880, true, false},
        {{}, QStringLiteral("๒. จำนวนบัตรเลือกตั้ง"), {}, {}, 142, 0, false, false},
        {QStringLiteral("allocated"), QStringLiteral("๒.๑ จำนวนบัตรเลือกตั้งที่ได้รับจัดสรร"), count, ballots, 180,
         700, true, false},
        {QStringLiteral("used"), QStringLiteral("๒.๒ จำนวนบัตรเลือกตั้งที่ใช้"), count, ballots, 180, 700, true,
         false},
        {QStringLiteral("valid"), QStringLiteral("๒.๒.๑ บัตรดี"), count, ballots, 234, 700, true, false},
        {QStringLiteral("invalid"), QStringLiteral("๒.๒.๒ บัตรเสีย"), count, ballots, 234, 700, true, false},
        {QStringLiteral("no_vote"), QStringLiteral("๒.๒.๓ ") + noVote, count, ballots, 234, 700, true, false},
        {QStringLiteral("remaining"), QStringLiteral("๒.๓ จำนวนบัตรเลือกตั้งที่เหลือ"), count, ballots, 180, 700,
         true, false}};
}

QList<FigureLine> committeeFigures(const QString& received, const QString& committee, const QString& noVote) {
    const QString ballots = QStringLiteral("บัตร");
    return {{QStringLiteral("received"), QStringLiteral("๑. ") + received, {}, ballots, 206, 0, false, false},
            {{},
             QStringLiteral("๒. ") + committee + QStringLiteral(" ได้ดำเนินการนับบัตร"),
             {},
             {},
             206,
             0,
             false,
             true},
            {{}, QStringLiteral("เลือกตั้งตามข้อ ๑ ปรากฏผล ดังนี้"), {}, {}, 0, 0, false, false},
            {QStringLiteral("valid"), QStringLiteral("๒.๑ บัตรดี"), {}, ballots, 256, 620, true, false},
            {QStringLiteral("invalid"), QStringLiteral("๒.๒ บัตรเสีย"), {}, ballots, 256, 620, true, false},
            {QStringLiteral("no_vote"), QStringLiteral("๒.๓ ") + noVote, {}, ballots, 256, 620, true, false}};
}

/// Any form: its header fields one after the other, its figures one a line.
void fromDefinition(const FormTemplate& form, FormTexts& texts) {
    QString line;
    for (const HeaderField& field : form.header) {
        line += (field.printed.isEmpty() ? field.label.th : field.printed.first()) + QStringLiteral(" {") +
                field.key +
                (field.type == HeaderType::Number ? QStringLiteral(":90}  ") : QStringLiteral(":260}  "));
        if (line.count(u'{') == 3) {
            texts.paragraph.append({line, 0, false, false, false});
            line.clear();
        }
    }
    if (!line.isEmpty()) {
        texts.paragraph.append({line, 0, false, false, false});
    }
    for (const FigureField& figure : form.figures) {
        texts.figures.append(
            {figure.key,
             figure.item + u' ' + (figure.printed.isEmpty() ? figure.label.th : figure.printed.first()),
             {},
             {},
             142,
             700,
             figure.hasWords,
             false});
    }
}

}  // namespace

QString thaiNumerals(QString text) {
    for (QChar& c : text) {
        if (c >= u'0' && c <= u'9') {
            c = QChar(0x0E50 + c.digitValue());
        }
    }
    return text;
}

FormTexts FormTexts::of(const FormTemplate& form) {
    FormTexts texts;
    const bool list = form.partyList;
    const QString kind = list ? QStringLiteral("แบบบัญชีรายชื่อ") : QStringLiteral("แบบแบ่งเขตเลือกตั้ง");
    const QString noVote =
        list ? QStringLiteral("บัตรที่ไม่เลือกบัญชีรายชื่อของพรรคการเมืองใด") : QStringLiteral("บัตรที่ไม่เลือกผู้สมัครผู้ใด");
    texts.copyLine = QStringLiteral("ชุดที่ ๑ เก็บไว้ในเล่มเพื่อส่งคณะกรรมการการเลือกตั้งประจำเขตเลือกตั้ง (%1)").arg(kind);
    texts.title = form.title.th;
    texts.numberHead =
        list ? QList<QString>{QStringLiteral("หมายเลขของบัญชีรายชื่อ"), QStringLiteral("ของพรรคการเมือง")}
             : QList<QString>{QStringLiteral("หมายเลขประจำตัว"), QStringLiteral("ผู้สมัคร")};
    texts.nameHead = {QStringLiteral("ชื่อตัว - ชื่อสกุล"), QStringLiteral("ผู้สมัครรับเลือกตั้ง")};
    texts.partyHead = {list ? QStringLiteral("ชื่อ") : QStringLiteral("สังกัด"), QStringLiteral("พรรคการเมือง")};
    texts.scoreHead = {QStringLiteral("ได้คะแนน"), form.rowsHaveWords
                                                      ? QStringLiteral("(ให้กรอกทั้งตัวเลขและตัวอักษร)")
                                                      : QStringLiteral("(ให้กรอกตัวเลข)")};
    texts.member = QStringLiteral("กรรมการนับคะแนนบัตรเลือกตั้ง");

    const PrintedLine place{
        QStringLiteral("ณ สถานที่นับคะแนน{place:480} เขตเลือกตั้งที่ {constituency:76} จังหวัด{province:150}"), 0,
        false, true, true};
    const PrintedLine rule{QStringLiteral("--------------------"), 0, false, false, true};
    if (form.code == QStringLiteral("5/18")) {
        texts.member = QStringLiteral("กรรมการประจำหน่วยเลือกตั้ง");
        texts.paragraph = {
            rule,
            {QStringLiteral("ตามที่ได้มีพระราชกฤษฎีกาให้มีการเลือกตั้งสมาชิกสภาผู้แทนราษฎร และคณะกรรมการการเลือกตั้ง"), 142,
             true, false, false},
            {QStringLiteral("ได้กำหนดให้วันที่ {=8:90} เดือน {=กุมภาพันธ์:190} พ.ศ. {=2569:150} เป็นวันเลือกตั้ง นั้น"), 0,
             false, false, false},
            {list ? QStringLiteral("บัดนี้ คณะกรรมการประจำหน่วยเลือกตั้งได้ดำเนินการนับคะแนนสมาชิกสภาผู้แทนราษฎรแบบบัญชี")
                  : QStringLiteral(
                        "บัดนี้ คณะกรรมการประจำหน่วยเลือกตั้งได้ดำเนินการนับคะแนนสมาชิกสภาผู้แทนราษฎร แบบแบ่งเขต"),
             142, true, false, false},
            {(list ? QStringLiteral("รายชื่อ") : QStringLiteral("เลือกตั้ง")) +
                 QStringLiteral("ของหน่วยเลือกตั้งที่ {polling_unit:88} หมู่ที่ {moo:80} "
                                "ตำบล/แขวง/เทศบาล{subdistrict:216} อำเภอ/เขต {district:190}"),
             0, true, false, false},
            {QStringLiteral("เขตเลือกตั้งที่ {constituency:76} จังหวัด {province:170} เสร็จสิ้นเป็นที่เรียบร้อยแล้ว ดังนั้น "
                            "จึงขอรายงานผลการนับคะแนน"),
             0, true, false, false},
            {QStringLiteral("ของหน่วยเลือกตั้งดังกล่าว ดังนี้"), 0, false, false, false}};
        texts.figures = unitFigures(noVote);
        texts.figures.append(
            {{},
             list ? QStringLiteral("๓. จำนวนคะแนนที่พรรคการเมืองแต่ละพรรคได้รับเรียงตามลำดับหมายเลขของบัญชีรายชื่อ")
                  : QStringLiteral("๓. จำนวนคะแนนที่ผู้สมัครรับเลือกตั้งแต่ละคนได้รับเรียงตามลำดับหมายเลขประจำตัวผู้สมัคร"),
             {},
             {},
             142,
             0,
             false,
             false});
    } else if (form.code == QStringLiteral("5/17")) {
        const QString committee = QStringLiteral("คณะกรรมการนับคะแนนบัตรเลือกตั้งนอกเขตเลือกตั้งและนอกราชอาณาจักร");
        texts.explanationLines = 6;
        texts.paragraph = {
            place,
            rule,
            {committee + QStringLiteral(" ชุดที่ {committee:60}"), 200, true, false, false},
            {QStringLiteral("เขตเลือกตั้งที่ {constituency:50} จังหวัด{province:110} ได้รับซองใส่บัตรเลือกตั้งจาก บริษัท "
                            "ไปรษณีย์ไทย จำกัด หรือผู้แทนหน่วยงาน หรือ"),
             0, true, false, false},
            {QStringLiteral(
                 "องค์กรที่คณะกรรมการการเลือกตั้งมอบหมาย จำนวน {envelopes:128} ซอง และได้ตรวจนับจำนวนบัตรเลือกตั้งในซอง"),
             0, true, false, false},
            {QStringLiteral(
                 "ใส่บัตรเลือกตั้งแล้ว มีจำนวน {in_envelopes:110} บัตร จึงได้ดำเนินการนับคะแนนบัตรเลือกตั้งนอกเขตเลือกตั้ง"),
             0, true, false, false},
            {QStringLiteral("และนอกราชอาณาจักร%1เสร็จเรียบร้อยแล้ว ขอรายงานผลการนับคะแนน ดังนี้").arg(kind), 0, false,
             false, false}};
        texts.figures = committeeFigures(QStringLiteral("ได้รับบัตรเลือกตั้ง ทั้งหมด"), committee, noVote);
    } else if (form.code == QStringLiteral("5/16")) {
        texts.explanationLines = 6;
        texts.paragraph = {
            place,
            rule,
            {QStringLiteral("ด้วยคณะกรรมการนับคะแนนบัตรเลือกตั้งในเขตเลือกตั้ง ชุดที่ {committee:46} เขตเลือกตั้งที่ "
                            "{constituency:50} จังหวัด {province:120}"),
             200, true, false, false},
            {QStringLiteral(
                 "ได้รับบัตรเลือกตั้งที่ออกเสียงลงคะแนนก่อนวันเลือกตั้งจากคณะกรรมการการเลือกตั้งประจำเขตเลือกตั้ง จึงได้ดำเนินการ"),
             0, true, false, false},
            {QStringLiteral("นับคะแนนบัตรเลือกตั้งที่ออกเสียงลงคะแนนก่อนวันเลือกตั้งในเขตเลือกตั้ง%1เสร็จเรียบร้อยแล้ว")
                 .arg(kind),
             0, true, false, false},
            {QStringLiteral("ขอรายงานผลการนับคะแนน ดังนี้"), 0, false, false, false}};
        texts.figures = committeeFigures(QStringLiteral("ได้รับบัตรเลือกตั้ง %1 ทั้งหมด").arg(kind),
                                         QStringLiteral("คณะกรรมการนับคะแนนบัตรเลือกตั้งในเขตเลือกตั้ง"), noVote);
    } else {
        texts.paragraph = {rule};
        fromDefinition(form, texts);
    }
    if (form.code == QStringLiteral("5/17") || form.code == QStringLiteral("5/16")) {
        texts.figures.append(
            {{},
             list ? QStringLiteral("๓. จำนวนบัตรดี ตามข้อ ๒.๑ แยกเป็นคะแนนของพรรคการเมืองตามลำดับหมายเลขของบัญชี")
                  : QStringLiteral("๓. จำนวนบัตรดี ตามข้อ ๒.๑ แยกเป็นคะแนนของผู้สมัครตามลำดับหมายเลขประจำตัวผู้สมัคร"),
             {},
             {},
             206,
             0,
             false,
             list});
        if (list) {
            texts.figures.append({{}, QStringLiteral("รายชื่อของพรรคการเมือง"), {}, {}, 0, 0, false, false});
        }
    }
    texts.figures.removeIf(
        [&form](const FigureLine& line) { return !line.key.isEmpty() && form.figure(line.key) == nullptr; });
    for (FigureLine& line : texts.figures) {
        const FigureField* figure = form.figure(line.key);
        if (line.words && figure != nullptr && !figure->hasWords) {
            line.words = false;
            line.blankAt = 0;  // right behind its label
        }
    }
    texts.chair = QStringLiteral("ประธาน") + texts.member;
    return texts;
}

}  // namespace tallydesk::synth
