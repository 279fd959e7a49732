// SPDX-License-Identifier: GPL-3.0-or-later
#include "Names.h"

#include <QStringList>

namespace tallydesk::synth {

namespace {

QString oneOf(Random& random, const char16_t* words) {
    return random.pick(QString::fromUtf16(words).split(u' '));
}

}  // namespace

QString personName(Random& random) {
    return oneOf(random, u"นาย นาย นาง นางสาว") +
           oneOf(random,
                 u"สมชาย ประเสริฐ วิชัย สมหญิง มาลี กิตติ อรุณ ณรงค์ พรทิพย์ สุดา บุญมี ธนา จันทร์เพ็ญ "
                 u"ปรีชา วันดี สุรชัย อัญชลี ชูชาติ นิภา ดวงใจ") +
           QStringLiteral("  ") +
           oneOf(random,
                 u"ใจดี แสงทอง ทองสุข ศรีสุข บุญเรือง วงศ์งาม พรหมมา คำดี แก้วมณี สายชล มั่นคง รุ่งเรือง "
                 u"สุขเกษม นาคทอง ไพรวัลย์ ดอนเมือง");
}

QString partyName(Random& random) {
    return oneOf(random,
                 u"รวมน้ำใจ ทุ่งทอง ก้าวใหม่ พลังสวน ไทยร่วมใจ ประชาสุข เมืองงาม รุ่งอรุณ สายน้ำ ชาวนาไทย "
                 u"แสงธรรม พัฒนาถิ่น");
}

QString provinceName(Random& random) {
    return oneOf(random,
                 u"แพร่ พิษณุโลก ลำปาง น่าน ตาก ชุมพร ตรัง เลย พะเยา สุรินทร์ อ่างทอง ราชบุรี ขอนแก่น "
                 u"นครสวรรค์ เชียงราย สงขลา");
}

QString districtName(Random& random) {
    return oneOf(random, u"เมือง บ้านสวน ทุ่งใหญ่ ดอนงาม หนองแก้ว ท่าทราย ศรีนคร วังทอง บึงพระ คลองลาน");
}

QString subdistrictName(Random& random) {
    return oneOf(random, u"ในเมือง บ้านใหม่ ท่าวัง หนองบัว ดอนแก้ว โคกสูง ห้วยทราย แม่ปาน นาดี สระทอง วังหิน");
}

QString placeName(Random& random) {
    return oneOf(random, u"หอประชุม โดมอเนกประสงค์ อาคารกีฬา ศาลาประชาคม") +
           oneOf(random, u"โรงเรียนบ้านสวน วิทยาลัยเทคนิค ที่ว่าการอำเภอ เทศบาลเมือง");
}

}  // namespace tallydesk::synth
