<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="th_TH" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About TallyDesk</source>
        <translation>เกี่ยวกับ TallyDesk</translation>
    </message>
    <message>
        <source>Reads hand-filled election tally forms and shows a person whatever is not certain. A wrong number is never accepted silently.</source>
        <translation>อ่านแบบรายงานผลการนับคะแนนที่กรอกด้วยลายมือ และให้คนดูทุกจุดที่ไม่แน่ใจ จะไม่มีตัวเลขผิดที่ผ่านไปเงียบ ๆ</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>ซอฟต์แวร์เสรีภายใต้สัญญาอนุญาต GNU General Public License รุ่น 3 หรือใหม่กว่า โดยไม่มีการรับประกันใด ๆ</translation>
    </message>
    <message>
        <source>Built on Qt, OpenCV, Tesseract, QtKeychain and SQLite; icons from Breeze of KDE.</source>
        <translation>สร้างบน Qt, OpenCV, Tesseract, QtKeychain และ SQLite ไอคอนจาก Breeze ของ KDE</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>ปิด</translation>
    </message>
</context>
<context>
    <name>ArrangeDialog</name>
    <message>
        <source>Arrange pages</source>
        <translation>จัดหน้า</translation>
    </message>
    <message>
        <source>&amp;Split Here</source>
        <translation>แยกตรงนี้(&amp;S)</translation>
    </message>
    <message>
        <source>A new ballot starts at this page</source>
        <translation>เริ่มแบบใหม่ที่หน้านี้</translation>
    </message>
    <message>
        <source>&amp;Join</source>
        <translation>รวม(&amp;J)</translation>
    </message>
    <message>
        <source>This ballot goes on the one before it</source>
        <translation>รวมแบบนี้เข้ากับแบบก่อนหน้า</translation>
    </message>
    <message>
        <source>&amp;Earlier</source>
        <translation>เลื่อนไปก่อน(&amp;E)</translation>
    </message>
    <message>
        <source>Move the page one place towards the start</source>
        <translation>เลื่อนหน้าไปทางต้นหนึ่งตำแหน่ง</translation>
    </message>
    <message>
        <source>La&amp;ter</source>
        <translation>เลื่อนไปหลัง(&amp;T)</translation>
    </message>
    <message>
        <source>Move the page one place towards the end</source>
        <translation>เลื่อนหน้าไปทางท้ายหนึ่งตำแหน่ง</translation>
    </message>
    <message>
        <source>Turn &amp;Left</source>
        <translation>หมุนซ้าย(&amp;L)</translation>
    </message>
    <message>
        <source>Turn the page by a quarter to the left</source>
        <translation>หมุนหน้าไปทางซ้าย 90 องศา</translation>
    </message>
    <message>
        <source>Turn &amp;Right</source>
        <translation>หมุนขวา(&amp;R)</translation>
    </message>
    <message>
        <source>Turn the page by a quarter to the right</source>
        <translation>หมุนหน้าไปทางขวา 90 องศา</translation>
    </message>
    <message>
        <source>Leave &amp;Out</source>
        <translation>กันออก(&amp;O)</translation>
    </message>
    <message>
        <source>A page that belongs to no form; it is kept, but not read</source>
        <translation>หน้าที่ไม่อยู่ในแบบใด เก็บไว้แต่ไม่อ่าน</translation>
    </message>
    <message>
        <source>Undo all changes made here</source>
        <translation>ยกเลิกการเปลี่ยนแปลงทั้งหมดในหน้าต่างนี้</translation>
    </message>
    <message>
        <source>&amp;Form of this ballot</source>
        <translation>ชนิดของแบบนี้(&amp;F)</translation>
    </message>
    <message>
        <source>Form of this ballot</source>
        <translation>ชนิดของแบบนี้</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>หน้า</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>จัดหน้า</translation>
    </message>
    <message>
        <source>Undo &amp;All</source>
        <translation>เลิกทำทั้งหมด(&amp;A)</translation>
    </message>
</context>
<context>
    <name>BallotPanel</name>
    <message>
        <source>Filter</source>
        <translation>กรอง</translation>
    </message>
    <message>
        <source>Filter ballots by text</source>
        <translation>กรองแบบด้วยข้อความ</translation>
    </message>
    <message>
        <source>Shows ballots whose file, folder or place has this text (Ctrl+F)</source>
        <translation>แสดงแบบที่มีข้อความนี้ในชื่อแฟ้ม โฟลเดอร์ หรือสถานที่ (Ctrl+F)</translation>
    </message>
    <message>
        <source>Ballots</source>
        <translation>แบบ</translation>
    </message>
    <message>
        <source>No ballot matches the filter.</source>
        <translation>ไม่มีแบบที่ตรงกับตัวกรอง</translation>
    </message>
    <message>
        <source>Show all ballots</source>
        <translation>แสดงทุกแบบ</translation>
    </message>
</context>
<context>
    <name>BallotWords</name>
    <message>
        <source>Waiting</source>
        <translation>รออ่าน</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>กำลังอ่าน</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>กำลังลองใหม่</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>รอตรวจทาน</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>ผ่านแล้ว</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>ยืนยันแล้ว</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>อ่านไม่ออก</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>อ่านไม่สำเร็จ</translation>
    </message>
    <message>
        <source>Retry in %1 s</source>
        <translation>ลองใหม่ %1 วิ</translation>
    </message>
    <message>
        <source>Committee %1</source>
        <translation>ชุดที่ %1</translation>
    </message>
    <message>
        <source>Unit %1</source>
        <translation>หน่วย %1</translation>
    </message>
    <message>
        <source>Unit %1, %2</source>
        <translation>หน่วย %1 %2</translation>
    </message>
    <message>
        <source>%1 (+%2 more)</source>
        <translation>%1 (อีก %2 ข้อ)</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 วิ</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Read with an AI service</source>
        <translation>อ่านด้วยบริการ AI</translation>
    </message>
    <message>
        <source>May the scans leave this computer?</source>
        <translation>ให้ส่งภาพสแกนออกจากเครื่องนี้ได้หรือไม่</translation>
    </message>
    <message>
        <source>What</source>
        <translation>สิ่งที่ส่ง</translation>
    </message>
    <message>
        <source>A picture of every page, with what is written on it: numbers, place names, names and signatures. No file names, and nothing else from this computer.</source>
        <translation>ภาพของทุกหน้าพร้อมสิ่งที่เขียนไว้ ได้แก่ ตัวเลข ชื่อสถานที่ ชื่อบุคคล และลายมือชื่อ ไม่ส่งชื่อแฟ้มหรือสิ่งอื่นใดจากเครื่องนี้</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>ส่งไปที่</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>ความเป็นส่วนตัว</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>ภายหลัง</translation>
    </message>
    <message>
        <source>This is asked once for each service. While it is in use, the window says so at the bottom.</source>
        <translation>ถามครั้งเดียวต่อบริการ ระหว่างใช้งานจะมีข้อความบอกไว้ด้านล่างของหน้าต่าง</translation>
    </message>
    <message>
        <source>Read on this computer</source>
        <translation>อ่านในเครื่องนี้</translation>
    </message>
</context>
<context>
    <name>DecisionCard</name>
    <message>
        <source>Why?</source>
        <translation>เพราะอะไร</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>หมายเหตุ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export results</source>
        <translation>ส่งออกผล</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>ตาราง</translation>
    </message>
    <message>
        <source>A line for each number</source>
        <translation>หนึ่งบรรทัดต่อหนึ่งตัวเลข</translation>
    </message>
    <message>
        <source>for sums and pivot tables</source>
        <translation>สำหรับรวมยอดและตารางสรุป</translation>
    </message>
    <message>
        <source>A line for each form</source>
        <translation>หนึ่งบรรทัดต่อหนึ่งแบบ</translation>
    </message>
    <message>
        <source>for looking through by eye</source>
        <translation>สำหรับไล่ดูด้วยตา</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>แฟ้ม(&amp;F)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>เลือก…</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>เลือกแฟ้ม</translation>
    </message>
    <message>
        <source>Also</source>
        <translation>เพิ่มเติม</translation>
    </message>
    <message>
        <source>A mark at the beginning, so that Excel shows Thai</source>
        <translation>ใส่เครื่องหมายต้นแฟ้มเพื่อให้ Excel แสดงภาษาไทย</translation>
    </message>
    <message>
        <source>The first lines, as they will stand in the file</source>
        <translation>บรรทัดแรก ๆ ตามที่จะอยู่ในแฟ้ม</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>เปิดโฟลเดอร์</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>ส่งออก</translation>
    </message>
    <message>
        <source>The first lines of the file</source>
        <translation>บรรทัดแรก ๆ ของแฟ้ม</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>วิธีใช้</translation>
    </message>
    <message>
        <source>Parts of the help</source>
        <translation>หัวข้อวิธีใช้</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>เริ่มต้นใช้งาน</translation>
    </message>
    <message>
        <source>From paper to table in four steps</source>
        <translation>จากกระดาษเป็นตารางในสี่ขั้น</translation>
    </message>
    <message>
        <source>1. Add the scans</source>
        <translation>1. เพิ่มภาพสแกน</translation>
    </message>
    <message>
        <source>Drop a folder with scans anywhere on the window, or choose “Open folder”. PDF and pictures will do; several forms in one file are split, single pages are joined. The scans themselves are never changed.</source>
        <translation>ลากโฟลเดอร์ภาพสแกนมาวางตรงไหนก็ได้ในหน้าต่าง หรือเลือก “เปิดโฟลเดอร์” ใช้ได้ทั้ง PDF และภาพ หากแฟ้มเดียวมีหลายแบบจะแยกให้ หากเป็นหน้าเดี่ยวจะรวมให้ โดยไม่แก้ไขภาพสแกนเดิม</translation>
    </message>
    <message>
        <source>2. Start</source>
        <translation>2. เริ่มอ่าน</translation>
    </message>
    <message>
        <source>Every number is read twice, from its digits and from its words, and checked in the sums of the form. You may pause or stop at any time: what was read is kept.</source>
        <translation>ทุกจำนวนอ่านสองทาง คือจากตัวเลขและจากตัวอักษร แล้วตรวจกับยอดรวมในแบบ จะพักหรือหยุดเมื่อใดก็ได้ สิ่งที่อ่านแล้วจะเก็บไว้</translation>
    </message>
    <message>
        <source>3. Settle what is not certain</source>
        <translation>3. ตรวจทานจุดที่ไม่แน่ใจ</translation>
    </message>
    <message>
        <source>Forms that need review come one after the other, each number beside its picture. Compare with the paper, type what it says, and accept. Where the paper itself is wrong, say so: the numbers then stay as they are written, with your name.</source>
        <translation>แบบที่รอตรวจทานจะขึ้นมาทีละแบบ แต่ละจำนวนอยู่ข้างภาพของมัน โปรดเทียบกับกระดาษ พิมพ์ตามที่เขียนไว้ แล้วยืนยัน หากกระดาษเองผิด ให้เลือก “ตามที่เขียน” ตัวเลขจะคงอยู่ตามที่เขียนพร้อมชื่อของท่าน</translation>
    </message>
    <message>
        <source>4. Export</source>
        <translation>4. ส่งออก</translation>
    </message>
    <message>
        <source>The table opens in Excel and in LibreOffice. Every line names its scan, its status and who settled it.</source>
        <translation>เปิดตารางได้ทั้งใน Excel และ LibreOffice ทุกบรรทัดบอกภาพสแกน สถานะ และผู้ตรวจทาน</translation>
    </message>
    <message>
        <source>Where do the scans go?</source>
        <translation>ภาพสแกนถูกส่งไปที่ใด</translation>
    </message>
    <message>
        <source>Nowhere: forms are read on this computer. Only when you choose an AI service in Settings do pictures leave it, and the bottom of the window then says where to.</source>
        <translation>ไม่ถูกส่งไปไหน แบบอ่านในเครื่องนี้ ภาพจะออกจากเครื่องเมื่อเลือกบริการ AI ในการตั้งค่าเท่านั้น และด้านล่างของหน้าต่างจะบอกว่าส่งไปที่ใด</translation>
    </message>
    <message>
        <source>What the signs mean</source>
        <translation>ความหมายของเครื่องหมาย</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>แป้นพิมพ์</translation>
    </message>
    <message>
        <source>Number and letter keys work with the Thai keyboard layout too.</source>
        <translation>แป้นตัวเลขและตัวอักษรใช้ได้แม้เปิดแป้นพิมพ์ภาษาไทย</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>ปิด</translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>Replace…</source>
        <translation>เปลี่ยน…</translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation>เปลี่ยนกุญแจ</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>ลบทิ้ง</translation>
    </message>
    <message>
        <source>Forget the key</source>
        <translation>ลบกุญแจทิ้ง</translation>
    </message>
    <message>
        <source>Key of the AI service</source>
        <translation>กุญแจของบริการ AI</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>เก็บไว้</translation>
    </message>
    <message>
        <source>Keep the key</source>
        <translation>เก็บกุญแจไว้</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Support log</source>
        <translation>บันทึกสำหรับผู้ช่วยเหลือ</translation>
    </message>
    <message>
        <source>What was read when, and how it ended. It holds no pictures, no key, no names and no results, so it can be sent to whoever helps you.</source>
        <translation>อ่านอะไรเมื่อใดและจบอย่างไร ไม่มีภาพ กุญแจ ชื่อ หรือผลคะแนน จึงส่งให้ผู้ช่วยเหลือได้</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>บันทึกสำเนา…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>ปิด</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;File</source>
        <translation>แฟ้ม(&amp;F)</translation>
    </message>
    <message>
        <source>Recent Pro&amp;jects</source>
        <translation>โครงการล่าสุด(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>แก้ไข(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>ชุดงาน(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>ตรวจทาน(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>มุมมอง(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>สีหน้าต่าง(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>ภาษา(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>วิธีใช้(&amp;H)</translation>
    </message>
    <message>
        <source>Open &amp;Folder…</source>
        <translation>เปิดโฟลเดอร์(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Add Scans…</source>
        <translation>เพิ่มภาพสแกน(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;New Project…</source>
        <translation>โครงการใหม่(&amp;N)…</translation>
    </message>
    <message>
        <source>Open &amp;Project…</source>
        <translation>เปิดโครงการ(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Close Project</source>
        <translation>ปิดโครงการ(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Export CSV…</source>
        <translation>ส่งออก CSV(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>ออก(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>เลิกทำ(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>ทำซ้ำ(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy Rows</source>
        <translation>คัดลอกแถว(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;All Ballots</source>
        <translation>เลือกทุกแบบ(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Find Ballot</source>
        <translation>หาแบบ(&amp;F)</translation>
    </message>
    <message>
        <source>Re&amp;move from Project</source>
        <translation>นำออกจากโครงการ(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>การตั้งค่า(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>เริ่ม(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>หยุด(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Retry Failed</source>
        <translation>ลองแบบที่อ่านไม่สำเร็จอีกครั้ง(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;view This Ballot</source>
        <translation>ตรวจทานแบบนี้(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Open Scan</source>
        <translation>เปิดภาพสแกน(&amp;O)</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>แสดงในตัวจัดการแฟ้ม(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>เต็มจอ(&amp;F)</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>ตามระบบ(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>สว่าง(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>มืด(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;About TallyDesk</source>
        <translation>เกี่ยวกับ TallyDesk(&amp;A)</translation>
    </message>
    <message>
        <source>Arrange &amp;Pages…</source>
        <translation>จัดหน้า(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Move to Another Project…</source>
        <translation>ย้ายไปโครงการอื่น(&amp;M)…</translation>
    </message>
    <message>
        <source>Read Se&amp;lected</source>
        <translation>อ่านที่เลือก(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Support Log…</source>
        <translation>บันทึกสำหรับผู้ช่วยเหลือ(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Details</source>
        <translation>รายละเอียด</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>เปิดการตั้งค่า</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>ปิด</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>ปิดข้อความนี้</translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation>รายละเอียดของข้อความ</translation>
    </message>
</context>
<context>
    <name>PacePanel</name>
    <message>
        <source>Requests a &amp;second</source>
        <translation>คำขอต่อวินาที(&amp;S)</translation>
    </message>
    <message>
        <source>Requests a m&amp;inute</source>
        <translation>คำขอต่อนาที(&amp;I)</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>ไม่จำกัด</translation>
    </message>
    <message>
        <source>Requests a &amp;day</source>
        <translation>คำขอต่อวัน(&amp;D)</translation>
    </message>
    <message>
        <source>A&amp;ttempts</source>
        <translation>จำนวนครั้งที่ลอง(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Wait, seconds</source>
        <translation>รอ (วินาที)(&amp;W)</translation>
    </message>
    <message>
        <source>Shortest wait in seconds</source>
        <translation>รออย่างน้อยกี่วินาที</translation>
    </message>
    <message>
        <source>to</source>
        <translation>ถึง</translation>
    </message>
    <message>
        <source>Longest wait in seconds</source>
        <translation>รออย่างมากกี่วินาที</translation>
    </message>
    <message>
        <source>&amp;Budget, US dollars</source>
        <translation>งบ ดอลลาร์สหรัฐ(&amp;B)</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Pages</source>
        <translation>หน้า</translation>
    </message>
    <message>
        <source>Scanned page</source>
        <translation>หน้าที่สแกน</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>หน้าก่อน</translation>
    </message>
    <message>
        <source>Page before (PgUp)</source>
        <translation>หน้าก่อน (PgUp)</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>หน้าถัดไป</translation>
    </message>
    <message>
        <source>Next page (PgDn)</source>
        <translation>หน้าถัดไป (PgDn)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>ย่อ</translation>
    </message>
    <message>
        <source>Zoom out (Ctrl+−)</source>
        <translation>ย่อ (Ctrl+−)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>ขยาย</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>ขยาย (Ctrl++)</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>ทั้งหน้า</translation>
    </message>
    <message>
        <source>Show the whole page (Ctrl+0)</source>
        <translation>แสดงทั้งหน้า (Ctrl+0)</translation>
    </message>
    <message>
        <source>Page width</source>
        <translation>เต็มความกว้าง</translation>
    </message>
    <message>
        <source>Fit the width of the page (Z)</source>
        <translation>พอดีความกว้างของหน้า (Z)</translation>
    </message>
    <message>
        <source>Turn the page</source>
        <translation>หมุนหน้า</translation>
    </message>
    <message>
        <source>Turn the page to the right. Only the view turns.</source>
        <translation>หมุนหน้าไปทางขวา หมุนเฉพาะที่แสดง</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>ความเข้ม</translation>
    </message>
    <message>
        <source>Darker ink, whiter paper (C)</source>
        <translation>หมึกเข้มขึ้น กระดาษขาวขึ้น (C)</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>กรอบ</translation>
    </message>
    <message>
        <source>Show where each number was read (X)</source>
        <translation>แสดงตำแหน่งที่อ่านแต่ละจำนวน (X)</translation>
    </message>
</context>
<context>
    <name>ReviewKeymap</name>
    <message>
        <source>write the value, Thai digits too</source>
        <translation>พิมพ์ค่า ใช้เลขไทยได้</translation>
    </message>
    <message>
        <source>confirm, to the next open number</source>
        <translation>ยืนยัน แล้วไปจำนวนที่ค้างถัดไป</translation>
    </message>
    <message>
        <source>digits, words, second reading</source>
        <translation>เลือกตัวเลข ตัวอักษร หรือค่าที่สอง</translation>
    </message>
    <message>
        <source>take the suggestion</source>
        <translation>ใช้ค่าที่แนะนำ</translation>
    </message>
    <message>
        <source>a dash stands on paper</source>
        <translation>ในแบบเป็นขีด</translation>
    </message>
    <message>
        <source>the cell is empty on paper</source>
        <translation>ในแบบเว้นว่าง</translation>
    </message>
    <message>
        <source>put the old value back</source>
        <translation>คืนค่าเดิม</translation>
    </message>
    <message>
        <source>walk without confirming</source>
        <translation>เลื่อนโดยไม่ยืนยัน</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>ยืนยันทั้งแบบ</translation>
    </message>
    <message>
        <source>skip, comes back later</source>
        <translation>ข้ามไว้ก่อน</translation>
    </message>
    <message>
        <source>back to the one before</source>
        <translation>กลับไปแบบก่อนหน้า</translation>
    </message>
    <message>
        <source>paper says so</source>
        <translation>บันทึกตามที่เขียน</translation>
    </message>
    <message>
        <source>unreadable: number or ballot</source>
        <translation>อ่านไม่ออก: จำนวนเดียวหรือทั้งแบบ</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>อ่านใหม่</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>คิว</translation>
    </message>
    <message>
        <source>whole form, and back</source>
        <translation>ดูทั้งแบบ และกลับ</translation>
    </message>
    <message>
        <source>zoom: cell, width, page</source>
        <translation>ซูม: ช่อง ความกว้าง ทั้งหน้า</translation>
    </message>
    <message>
        <source>zoom in</source>
        <translation>ขยาย</translation>
    </message>
    <message>
        <source>zoom out</source>
        <translation>ย่อ</translation>
    </message>
    <message>
        <source>fit the page</source>
        <translation>พอดีหน้า</translation>
    </message>
    <message>
        <source>move the scan</source>
        <translation>เลื่อนภาพสแกน</translation>
    </message>
    <message>
        <source>page before, after</source>
        <translation>หน้าก่อน หน้าถัดไป</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>ความเข้ม</translation>
    </message>
    <message>
        <source>boxes</source>
        <translation>กรอบ</translation>
    </message>
    <message>
        <source>panel, scan, queue</source>
        <translation>แผงตรวจทาน ภาพสแกน คิว</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>เลิกทำ</translation>
    </message>
    <message>
        <source>redo</source>
        <translation>ทำซ้ำ</translation>
    </message>
    <message>
        <source>this help</source>
        <translation>วิธีใช้นี้</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Back</source>
        <translation>ก่อนหน้า</translation>
    </message>
    <message>
        <source>Show the ballot before this one</source>
        <translation>แสดงแบบก่อนหน้า</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>ข้าม</translation>
    </message>
    <message>
        <source>Leave this ballot for later; what you changed stays</source>
        <translation>ข้ามแบบนี้ไว้ก่อน สิ่งที่แก้ยังอยู่</translation>
    </message>
    <message>
        <source>Let the reader read this ballot again</source>
        <translation>ให้อ่านแบบนี้ใหม่</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>อ่านไม่ออก</translation>
    </message>
    <message>
        <source>Say that a number or the whole ballot can&apos;t be read</source>
        <translation>บันทึกว่าอ่านจำนวนหรือทั้งแบบไม่ออก</translation>
    </message>
    <message>
        <source>Paper says so</source>
        <translation>ตามที่เขียน</translation>
    </message>
    <message>
        <source>Settle the ballot as it is written, though a rule is broken</source>
        <translation>บันทึกแบบตามที่เขียน แม้ผิดกฎ</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>อ่านใหม่</translation>
    </message>
    <message>
        <source>Open batch</source>
        <translation>เปิดชุดงาน</translation>
    </message>
</context>
<context>
    <name>ReviewSheet</name>
    <message>
        <source>An explanation is written on the paper</source>
        <translation>ในแบบมีคำชี้แจงเขียนไว้</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>แบบ</translation>
    </message>
</context>
<context>
    <name>ReviewWords</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>ว่าง</translation>
    </message>
    <message>
        <source>dash</source>
        <translation>ขีด</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>เว้นว่าง</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>ยืนยันแล้ว</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>แก้แล้ว</translation>
    </message>
    <message>
        <source>Unsure %1</source>
        <translation>ไม่แน่ใจ %1</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>ไม่แน่ใจ</translation>
    </message>
    <message>
        <source>Digits and words differ</source>
        <translation>ตัวเลขกับตัวอักษรไม่ตรงกัน</translation>
    </message>
    <message>
        <source>Breaks a rule</source>
        <translation>ไม่ผ่านการตรวจ</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>อ่านไม่ออก</translation>
    </message>
    <message>
        <source>No number</source>
        <translation>ไม่มีตัวเลข</translation>
    </message>
    <message>
        <source>Digits say %1, words say %2.</source>
        <translation>ตัวเลขเป็น %1 แต่ตัวอักษรเป็น %2</translation>
    </message>
    <message>
        <source>The sum would hold with %1 instead of %2</source>
        <translation>ถ้าเป็น %1 แทน %2 ผลรวมจะครบ</translation>
    </message>
    <message>
        <source>The sum would hold with %1</source>
        <translation>ถ้าเป็น %1 ผลรวมจะครบ</translation>
    </message>
    <message>
        <source>%1; words say %2</source>
        <translation>%1 และตัวอักษรเขียนว่า %2</translation>
    </message>
    <message>
        <source>%1; words may say it too</source>
        <translation>%1 และตัวอักษรก็อาจเขียนเช่นนั้น</translation>
    </message>
    <message>
        <source>%1; digits may say it</source>
        <translation>%1 และตัวเลขอาจเป็นเช่นนั้น</translation>
    </message>
    <message>
        <source>%1 → %2, by you</source>
        <translation>%1 → %2 โดยท่าน</translation>
    </message>
    <message>
        <source>digits say %1</source>
        <translation>ตัวเลขเป็น %1</translation>
    </message>
    <message>
        <source>words say %1</source>
        <translation>ตัวอักษรเป็น %1</translation>
    </message>
    <message>
        <source>%1 equals %2</source>
        <translation>%1 เท่ากับ %2</translation>
    </message>
    <message>
        <source>%1 is not more than %2</source>
        <translation>%1 ไม่เกิน %2</translation>
    </message>
    <message>
        <source>%1 must equal %2</source>
        <translation>%1 ต้องเท่ากับ %2</translation>
    </message>
    <message>
        <source>%1 must not be more than %2</source>
        <translation>%1 ต้องไม่เกิน %2</translation>
    </message>
    <message>
        <source>Sum holds</source>
        <translation>ผลรวมครบ</translation>
    </message>
    <message>
        <source>Number missing</source>
        <translation>ขาดตัวเลข</translation>
    </message>
    <message>
        <source>%1 missing</source>
        <translation>ขาด %1</translation>
    </message>
    <message>
        <source>%1 too many</source>
        <translation>เกิน %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 จาก %2</translation>
    </message>
    <message>
        <source>Look at %1, it has no number.</source>
        <translation>โปรดดู %1 ซึ่งยังไม่มีตัวเลข</translation>
    </message>
    <message>
        <source>Look at %1, it is unsure.</source>
        <translation>โปรดดู %1 ซึ่งยังไม่แน่ใจ</translation>
    </message>
    <message>
        <source>Look at %1, digits and words differ.</source>
        <translation>โปรดดู %1 ซึ่งตัวเลขกับตัวอักษรไม่ตรงกัน</translation>
    </message>
    <message>
        <source>No number is unsure. Compare each with the paper.</source>
        <translation>ไม่มีจำนวนที่ไม่แน่ใจ โปรดเทียบทุกจำนวนกับกระดาษ</translation>
    </message>
    <message>
        <source>A field was left empty on paper</source>
        <translation>ในแบบเว้นช่องไว้</translation>
    </message>
    <message>
        <source>The sum on paper is wrong</source>
        <translation>ผลรวมในแบบผิด</translation>
    </message>
    <message>
        <source>Digits and words differ on paper</source>
        <translation>ในแบบตัวเลขกับตัวอักษรไม่ตรงกัน</translation>
    </message>
    <message>
        <source>Corrected by hand, last value taken</source>
        <translation>แก้ด้วยมือ ใช้ค่าสุดท้าย</translation>
    </message>
    <message>
        <source>A row is missing or written twice</source>
        <translation>ขาดแถว หรือเขียนแถวซ้ำ</translation>
    </message>
    <message>
        <source>Too faint or blurred</source>
        <translation>จางหรือไม่ชัด</translation>
    </message>
    <message>
        <source>Cut off, or a page is missing</source>
        <translation>ภาพขาด หรือขาดหน้า</translation>
    </message>
    <message>
        <source>Covered or damaged</source>
        <translation>ถูกบังหรือชำรุด</translation>
    </message>
    <message>
        <source>Not a ballot form</source>
        <translation>ไม่ใช่แบบรายงาน</translation>
    </message>
    <message>
        <source>Another reason, see note</source>
        <translation>เหตุผลอื่น ดูหมายเหตุ</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>เครื่องนี้</translation>
    </message>
    <message>
        <source>%1 read %2</source>
        <translation>%1 อ่านได้ %2</translation>
    </message>
    <message>
        <source>%1 read nothing</source>
        <translation>%1 อ่านไม่ได้</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>บัตรที่ได้รับ</translation>
    </message>
    <message>
        <source>Envelopes</source>
        <translation>ซองที่ได้รับ</translation>
    </message>
    <message>
        <source>In envelopes</source>
        <translation>บัตรในซอง</translation>
    </message>
    <message>
        <source>No vote</source>
        <comment>party-list</comment>
        <translation>ไม่เลือกบัญชีใด</translation>
    </message>
    <message>
        <source>No vote</source>
        <comment>constituency</comment>
        <translation>ไม่เลือกผู้ใด</translation>
    </message>
    <message>
        <source>Eligible</source>
        <translation>ผู้มีสิทธิ</translation>
    </message>
    <message>
        <source>Came</source>
        <translation>ผู้มาแสดงตน</translation>
    </message>
    <message>
        <source>Allocated</source>
        <translation>บัตรจัดสรร</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>บัตรที่ใช้</translation>
    </message>
    <message>
        <source>Remaining</source>
        <translation>บัตรที่เหลือ</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>รวมคะแนน</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 แทน %2</translation>
    </message>
    <message>
        <source>The sum of the rows</source>
        <translation>ผลรวมทุกแถว</translation>
    </message>
    <message>
        <source>Sum of rows</source>
        <translation>ผลรวมทุกแถว</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Reader</source>
        <translation>อ่านโดย</translation>
    </message>
    <message>
        <source>Who reads the forms: this computer, or an AI service</source>
        <translation>ผู้อ่านแบบ: เครื่องนี้ หรือบริการ AI</translation>
    </message>
    <message>
        <source>How many ballots are read at once; Auto is as many as the computer has processors. Counts from the next start on.</source>
        <translation>จำนวนแบบที่อ่านพร้อมกัน อัตโนมัติคือเท่าจำนวนหน่วยประมวลผลของเครื่อง มีผลเมื่อเริ่มครั้งต่อไป</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>อัตโนมัติ</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>อัตรา</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>คำขอต่อวินาที</translation>
    </message>
    <message>
        <source>The most requests a second that are sent to the AI service</source>
        <translation>จำนวนคำขอต่อวินาทีสูงสุดที่ส่งไปยังบริการ AI</translation>
    </message>
    <message>
        <source> / s</source>
        <translation> / วิ</translation>
    </message>
    <message>
        <source>Forms at once</source>
        <translation>อ่านพร้อมกัน</translation>
    </message>
</context>
<context>
    <name>RunStatus</name>
    <message>
        <source>Progress</source>
        <translation>ความคืบหน้า</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
    <message>
        <source>Cancel looking for scans</source>
        <translation>เลิกค้นหาภาพสแกน</translation>
    </message>
    <message>
        <source>Cost of this run</source>
        <translation>ค่าใช้จ่ายของการอ่านครั้งนี้</translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message>
        <source>With this reader, page pictures leave this computer. The window shows the service&apos;s name while it is used.</source>
        <translation>เมื่อใช้บริการนี้ ภาพหน้าแบบจะถูกส่งออกจากเครื่อง ระหว่างใช้งานหน้าต่างจะแสดงชื่อบริการ</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>บริการ</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>ที่อยู่(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>โมเดล(&amp;M)</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>กุญแจ</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>พร็อกซี(&amp;X)</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>ที่อยู่ของพร็อกซี</translation>
    </message>
    <message>
        <source>Pace and quota</source>
        <translation>อัตราและโควตา</translation>
    </message>
    <message>
        <source>Second look</source>
        <translation>อ่านซ้ำอีกทาง</translation>
    </message>
    <message>
        <source>Read on this &amp;computer too, and accept only what both say</source>
        <translation>อ่านในเครื่องนี้ด้วย และรับเฉพาะค่าที่ตรงกัน(&amp;C)</translation>
    </message>
    <message>
        <source>S&amp;econd model</source>
        <translation>โมเดลที่สอง(&amp;E)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ไม่มี</translation>
    </message>
</context>
<context>
    <name>SettingsCheck</name>
    <message>
        <source>Enter the address of the service, for example https://openrouter.ai/api/v1.</source>
        <translation>โปรดใส่ที่อยู่ของบริการ เช่น https://openrouter.ai/api/v1</translation>
    </message>
    <message>
        <source>This is not a web address. It begins with https:// and a name.</source>
        <translation>นี่ไม่ใช่ที่อยู่เว็บ ที่อยู่ขึ้นต้นด้วย https:// และชื่อ</translation>
    </message>
    <message>
        <source>Leave names, passwords and keys out of the address. The key has a field of its own.</source>
        <translation>อย่าใส่ชื่อ รหัสผ่าน หรือกุญแจในที่อยู่ กุญแจมีช่องของตัวเอง</translation>
    </message>
    <message>
        <source>Use https. Plain http is safe only for a service on this computer.</source>
        <translation>โปรดใช้ https เพราะ http ปลอดภัยเฉพาะกับบริการในเครื่องนี้</translation>
    </message>
    <message>
        <source>Name the model, for example google/gemini-2.5-flash.</source>
        <translation>โปรดใส่ชื่อโมเดล เช่น google/gemini-2.5-flash</translation>
    </message>
    <message>
        <source>Enter the key that the service gave you.</source>
        <translation>โปรดใส่กุญแจที่ได้จากบริการ</translation>
    </message>
    <message>
        <source>A key has no blanks and only Latin letters, digits and signs. Copy it again.</source>
        <translation>กุญแจไม่มีช่องว่าง มีแต่อักษรอังกฤษ ตัวเลข และเครื่องหมาย โปรดคัดลอกใหม่</translation>
    </message>
    <message>
        <source>Enter the proxy as http://name:port or socks5://name:port.</source>
        <translation>โปรดใส่พร็อกซีเป็น http://name:port หรือ socks5://name:port</translation>
    </message>
    <message>
        <source>Leave name and password out: they would stand in a file that others can read.</source>
        <translation>อย่าใส่ชื่อและรหัสผ่าน เพราะจะอยู่ในแฟ้มที่ผู้อื่นอ่านได้</translation>
    </message>
    <message>
        <source>The longest wait is shorter than the shortest one.</source>
        <translation>เวลารอสูงสุดสั้นกว่าเวลารอต่ำสุด</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>การตั้งค่า</translation>
    </message>
    <message>
        <source>Parts of the settings</source>
        <translation>หัวข้อการตั้งค่า</translation>
    </message>
    <message>
        <source>Who reads the forms</source>
        <translation>ผู้อ่านแบบ</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>เครื่องนี้</translation>
    </message>
    <message>
        <source>An AI service</source>
        <translation>บริการ AI</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>ความเร็ว</translation>
    </message>
    <message>
        <source>&amp;Forms at once</source>
        <translation>อ่านพร้อมกัน(&amp;F)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>อัตโนมัติ</translation>
    </message>
    <message>
        <source>Who checks the forms</source>
        <translation>ผู้ตรวจทานแบบ</translation>
    </message>
    <message>
        <source>&amp;Your name</source>
        <translation>ชื่อของท่าน(&amp;Y)</translation>
    </message>
    <message>
        <source>Language and display</source>
        <translation>ภาษาและการแสดงผล</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>ภาษา(&amp;L)</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>คืนค่าเริ่มต้น</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>บันทึก</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>สี(&amp;C)</translation>
    </message>
</context>
<context>
    <name>StartDialog</name>
    <message>
        <source>Start reading</source>
        <translation>เริ่มอ่าน</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>ภาพ</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>คำขอ</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>ค่าใช้จ่าย</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>กุญแจ</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>โควตา</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>การตั้งค่า…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>เริ่ม</translation>
    </message>
</context>
<context>
    <name>WelcomePanel</name>
    <message>
        <source>Read tally forms</source>
        <translation>อ่านแบบรายงานผลการนับคะแนน</translation>
    </message>
    <message>
        <source>ส.ส. 5/16, 5/17 and 5/18, constituency and party list</source>
        <translation>ส.ส. 5/16, 5/17 และ 5/18 แบบแบ่งเขตและแบบบัญชีรายชื่อ</translation>
    </message>
    <message>
        <source>Drop a folder of scans here</source>
        <translation>ลากโฟลเดอร์ภาพสแกนมาวางที่นี่</translation>
    </message>
    <message>
        <source>PDF, JPEG, PNG, TIFF. Several forms in one file are split, single pages are joined.</source>
        <translation>PDF, JPEG, PNG, TIFF หากแฟ้มเดียวมีหลายแบบจะแยกให้ หากเป็นหน้าเดี่ยวจะรวมให้</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>เปิดโฟลเดอร์…</translation>
    </message>
    <message>
        <source>&amp;Try the sample batch</source>
        <translation>ลองชุดตัวอย่าง(&amp;T)</translation>
    </message>
    <message>
        <source>Reading happens on this computer. No key and no network are needed. An AI service is used only when you choose one in Settings.</source>
        <translation>อ่านในเครื่องนี้ ไม่ต้องใช้กุญแจหรือเครือข่าย จะใช้บริการ AI เมื่อท่านเลือกในการตั้งค่าเท่านั้น</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>โครงการล่าสุด</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>เปิดโครงการ…</translation>
    </message>
    <message>
        <source>Projects that you open appear here. A project is made and saved by itself when you add scans.</source>
        <translation>โครงการที่เปิดจะแสดงที่นี่ เมื่อเพิ่มภาพสแกน โปรแกรมจะสร้างและบันทึกโครงการให้เอง</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>อ่าน</translation>
    </message>
    <message>
        <source>Each number is read twice, from digits and from words, and checked in its sums.</source>
        <translation>ทุกจำนวนอ่านสองทาง จากตัวเลขและจากตัวอักษร แล้วตรวจกับผลรวม</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>ตรวจทาน</translation>
    </message>
    <message>
        <source>What is not certain comes to you, picture beside value. Nothing is guessed.</source>
        <translation>จุดที่ไม่แน่ใจจะให้ท่านดู ภาพอยู่ข้างค่า ไม่มีการเดา</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>ส่งออก</translation>
    </message>
    <message>
        <source>CSV with findings, reviewer and the scan’s fingerprint.</source>
        <translation>CSV พร้อมสิ่งที่พบ ผู้ตรวจทาน และรหัสของภาพสแกน</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Reads hand-filled election tally forms.</source>
        <translation>อ่านแบบรายงานผลการนับคะแนนที่กรอกด้วยลายมือ</translation>
    </message>
    <message>
        <source>Scans, folders of scans, or a project.</source>
        <translation>ภาพสแกน โฟลเดอร์ภาพสแกน หรือโครงการ</translation>
    </message>
</context>
<context>
    <name>tallydesk::AboutDialog</name>
    <message>
        <source>Version %1</source>
        <translation>รุ่น %1</translation>
    </message>
</context>
<context>
    <name>tallydesk::ArrangeDelegate</name>
    <message>
        <source>This page can&apos;t be shown</source>
        <translation>แสดงหน้านี้ไม่ได้</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>กันออกแล้ว</translation>
    </message>
</context>
<context>
    <name>tallydesk::ArrangeDialog</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n หน้า</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s)</source>
        <translation>
            <numerusform>%n แบบ</numerusform>
        </translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>ยังไม่ทราบ</translation>
    </message>
    <message numerus="yes">
        <source>%n of these ballots are settled. Those that you change are read and settled anew.</source>
        <translation>
            <numerusform>มี %n แบบที่ยืนยันแล้ว แบบที่แก้การจัดหน้าจะต้องอ่านและยืนยันใหม่</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ArrangeModel</name>
    <message>
        <source>form not known</source>
        <translation>ยังไม่ทราบชนิดแบบ</translation>
    </message>
    <message>
        <source>Ballot %1: %2</source>
        <translation>แบบที่ %1: %2</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>หน้า %1 ของ %2</translation>
    </message>
    <message>
        <source>%1, place %2, page %3 of %4</source>
        <translation>%1 ลำดับที่ %2 หน้า %3 ของ %4</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>กันออกแล้ว</translation>
    </message>
</context>
<context>
    <name>tallydesk::BallotPanel</name>
    <message>
        <source>No ballot matches the filter.</source>
        <translation>ไม่มีแบบที่ตรงกับตัวกรอง</translation>
    </message>
    <message>
        <source>Go to the filter</source>
        <translation>ไปที่ช่องกรอง</translation>
    </message>
</context>
<context>
    <name>tallydesk::BallotTableModel</name>
    <message>
        <source>Status</source>
        <translation>สถานะ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>แฟ้ม</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>แบบ</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>หน่วย/ชุด</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>หน้า</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>ครั้งที่</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>สิ่งที่พบ</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>เวลา</translation>
    </message>
</context>
<context>
    <name>tallydesk::ConsentDialog</name>
    <message numerus="yes">
        <source>%n pictures will be sent to %1.</source>
        <translation>
            <numerusform>จะส่งภาพ %n ภาพไปยัง %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures of the forms will be sent to %1.</source>
        <translation>จะส่งภาพของแบบไปยัง %1</translation>
    </message>
    <message>
        <source>%1, model %2</source>
        <translation>%1 โมเดล %2</translation>
    </message>
    <message>
        <source>Only companies that promise not to keep the pictures and not to train on them may answer.</source>
        <translation>ให้ตอบได้เฉพาะบริษัทที่สัญญาว่าไม่เก็บภาพและไม่นำภาพไปฝึกโมเดล</translation>
    </message>
    <message>
        <source>What the service does with the pictures, only its owner can say.</source>
        <translation>บริการจะทำอะไรกับภาพ มีแต่เจ้าของบริการที่ตอบได้</translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation>ส่งไปยัง %1</translation>
    </message>
</context>
<context>
    <name>tallydesk::DecisionCard</name>
    <message>
        <source>Note, needed for this reason</source>
        <translation>หมายเหตุ (ต้องระบุเมื่อเลือกเหตุผลนี้)</translation>
    </message>
    <message>
        <source>Note (optional)</source>
        <translation>หมายเหตุ (ไม่บังคับ)</translation>
    </message>
    <message>
        <source>Settle this ballot as written on paper</source>
        <translation>บันทึกแบบนี้ตามที่เขียน</translation>
    </message>
    <message>
        <source>What can&apos;t be read?</source>
        <translation>อ่านอะไรไม่ออก</translation>
    </message>
    <message>
        <source>A number that can&apos;t be read stays without a value. A ballot that can&apos;t be read is counted nowhere and listed with your reason.</source>
        <translation>จำนวนที่อ่านไม่ออกจะไม่มีค่า แบบที่อ่านไม่ออกจะไม่ถูกนับ และอยู่ในรายการพร้อมเหตุผลของท่าน</translation>
    </message>
    <message>
        <source>Only one number</source>
        <translation>เพียงจำนวนเดียว</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>เฉพาะ %1</translation>
    </message>
    <message>
        <source>Settle as written</source>
        <translation>บันทึกตามที่เขียน</translation>
    </message>
    <message>
        <source>Mark unreadable</source>
        <translation>บันทึกว่าอ่านไม่ออก</translation>
    </message>
    <message>
        <source>Whole ballot: %1</source>
        <translation>ทั้งแบบ: %1</translation>
    </message>
    <message>
        <source>The numbers stay exactly as they stand. Broken rules stay visible and are exported with your reason.</source>
        <translation>ตัวเลขจะคงอยู่ตามเดิม กฎที่ผิดยังแสดงอยู่ และส่งออกพร้อมเหตุผลของท่าน</translation>
    </message>
</context>
<context>
    <name>tallydesk::ExportDialog</name>
    <message>
        <source>Export results</source>
        <translation>ส่งออกผล</translation>
    </message>
    <message>
        <source>CSV tables (*.csv)</source>
        <translation>ตาราง CSV (*.csv)</translation>
    </message>
    <message numerus="yes">
        <source>%n forms are exported.</source>
        <translation>
            <numerusform>ส่งออกแล้ว %n แบบ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them still need review. They are marked needs_review in the column “status”.</source>
        <translation>
            <numerusform>ในจำนวนนี้ %n แบบยังรอตรวจทาน คอลัมน์ “status” จะเป็น needs_review</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>หยุด</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>ปิด</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
    <message>
        <source>Name the file to write.</source>
        <translation>โปรดใส่ชื่อแฟ้มที่จะเขียน</translation>
    </message>
    <message>
        <source>This is a folder. Name a file in it.</source>
        <translation>นี่เป็นโฟลเดอร์ โปรดใส่ชื่อแฟ้มในโฟลเดอร์</translation>
    </message>
    <message>
        <source>There is no such folder. Make it first, or choose another one.</source>
        <translation>ไม่มีโฟลเดอร์นี้ โปรดสร้างก่อนหรือเลือกที่อื่น</translation>
    </message>
    <message>
        <source>You may not write in this folder. Choose another one.</source>
        <translation>ไม่มีสิทธิ์เขียนในโฟลเดอร์นี้ โปรดเลือกที่อื่น</translation>
    </message>
    <message>
        <source>This file exists. It is replaced once the new one is complete.</source>
        <translation>มีแฟ้มนี้อยู่แล้ว จะแทนที่เมื่อแฟ้มใหม่เขียนครบ</translation>
    </message>
    <message numerus="yes">
        <source>The list of the %n forms that could not be read, as %1</source>
        <translation>
            <numerusform>รายการ %n แบบที่อ่านไม่ได้ ในแฟ้ม %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything for other programs, as %1</source>
        <translation>ข้อมูลทั้งหมดสำหรับโปรแกรมอื่น ในแฟ้ม %1</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>กำลังเขียน…</translation>
    </message>
    <message>
        <source>Stopped. Files that stood there before are unchanged.</source>
        <translation>หยุดแล้ว แฟ้มเดิมไม่เปลี่ยน</translation>
    </message>
    <message>
        <source>Written: %1.</source>
        <translation>เขียนแล้ว: %1</translation>
    </message>
    <message numerus="yes">
        <source>Export %n forms</source>
        <translation>
            <numerusform>ส่งออก %n แบบ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::HelpDialog</name>
    <message>
        <source>First steps</source>
        <translation>เริ่มต้นใช้งาน</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>เครื่องหมาย</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>แป้นพิมพ์</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>ผ่านแล้ว</translation>
    </message>
    <message>
        <source>Digits and words agree and every sum of the form holds.</source>
        <translation>ตัวเลขตรงกับตัวอักษร และผลรวมในแบบครบทุกข้อ</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>ยืนยันแล้ว</translation>
    </message>
    <message>
        <source>A person compared it with the paper and accepted it.</source>
        <translation>มีคนเทียบกับกระดาษและยืนยันแล้ว</translation>
    </message>
    <message>
        <source>As written on paper</source>
        <translation>ตามที่เขียน</translation>
    </message>
    <message>
        <source>The paper itself holds a mistake. A person confirmed what it says.</source>
        <translation>กระดาษเองมีข้อผิด มีคนยืนยันว่าเขียนไว้เช่นนั้น</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>รอตรวจทาน</translation>
    </message>
    <message>
        <source>Something is not certain. A person has to look.</source>
        <translation>มีจุดที่ไม่แน่ใจ ต้องให้คนดู</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>อ่านไม่สำเร็จ</translation>
    </message>
    <message>
        <source>It could not be read. Try again, or type it in.</source>
        <translation>อ่านไม่ได้ โปรดลองใหม่หรือกรอกเอง</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>กำลังอ่าน</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>กำลังลองใหม่</translation>
    </message>
    <message>
        <source>The service was busy. Another attempt follows by itself.</source>
        <translation>บริการไม่ว่าง จะลองใหม่ให้เอง</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>รออ่าน</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>ข้ามไว้</translation>
    </message>
    <message>
        <source>It comes back at the end of the review.</source>
        <translation>จะกลับมาตอนท้ายของการตรวจทาน</translation>
    </message>
    <message>
        <source>In a number</source>
        <translation>ในช่องจำนวน</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>ทุกที่</translation>
    </message>
    <message>
        <source>This ballot form</source>
        <translation>แบบนี้</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>ภาพสแกน</translation>
    </message>
    <message>
        <source>The program is reading it.</source>
        <translation>โปรแกรมกำลังอ่านแบบนี้</translation>
    </message>
    <message>
        <source>Waits for its turn.</source>
        <translation>รอถึงคิว</translation>
    </message>
</context>
<context>
    <name>tallydesk::KeyPanel</name>
    <message>
        <source>No key yet.</source>
        <translation>ยังไม่มีกุญแจ</translation>
    </message>
    <message>
        <source>The key comes from OPENROUTER_API_KEY, with which TallyDesk was started.</source>
        <translation>กุญแจมาจาก OPENROUTER_API_KEY ที่กำหนดไว้ตอนเปิด TallyDesk</translation>
    </message>
    <message>
        <source>Kept in the system&apos;s keychain.</source>
        <translation>เก็บไว้ในที่เก็บกุญแจของระบบแล้ว</translation>
    </message>
    <message>
        <source>Held in memory only, until TallyDesk closes. %1</source>
        <translation>จำไว้จนกว่าจะปิด TallyDesk เท่านั้น %1</translation>
    </message>
    <message>
        <source>%1 A key that you enter here works until TallyDesk closes.</source>
        <translation>%1 กุญแจที่ใส่ที่นี่ใช้ได้จนกว่าจะปิด TallyDesk</translation>
    </message>
    <message>
        <source>Never shown again, never written to a file or log.</source>
        <translation>จะไม่แสดงอีก และไม่เขียนลงแฟ้มหรือบันทึกใด</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>หยุดทดสอบ</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>ทดสอบการเชื่อมต่อ</translation>
    </message>
    <message>
        <source>Asking the service…</source>
        <translation>กำลังถามบริการ…</translation>
    </message>
    <message>
        <source>The service answers, but does not say whether the key is good.</source>
        <translation>บริการตอบ แต่ไม่บอกว่ากุญแจใช้ได้หรือไม่</translation>
    </message>
    <message>
        <source>Works, answered in %1 s.</source>
        <translation>ใช้ได้ ตอบใน %1 วินาที</translation>
    </message>
    <message>
        <source>It is a free key: 20 requests a minute, 50 a day.</source>
        <translation>เป็นกุญแจฟรี: 20 คำขอต่อนาที 50 คำขอต่อวัน</translation>
    </message>
    <message>
        <source>Works, answered in less than 0.1 s.</source>
        <translation>ใช้ได้ ตอบในเวลาไม่ถึง 0.1 วินาที</translation>
    </message>
    <message>
        <source>$%1 left.</source>
        <translation>เหลือ $%1</translation>
    </message>
</context>
<context>
    <name>tallydesk::LogDialog</name>
    <message>
        <source>Nothing was read yet.</source>
        <translation>ยังไม่ได้อ่านอะไร</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>บันทึกสำเนา</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>บันทึกเป็น %1 แล้ว</translation>
    </message>
</context>
<context>
    <name>tallydesk::MainWindow</name>
    <message>
        <source>Reading has ended</source>
        <translation>อ่านเสร็จแล้ว</translation>
    </message>
    <message>
        <source>Looking through the scans. The ballots appear here when all are looked through.</source>
        <translation>กำลังดูภาพสแกน แบบทั้งหมดจะแสดงที่นี่เมื่อดูครบทุกภาพ</translation>
    </message>
    <message>
        <source>No scans yet. Drop a folder or files here, or use Add Scans.</source>
        <translation>ยังไม่มีภาพสแกน ลากโฟลเดอร์หรือแฟ้มมาวาง หรือใช้เพิ่มภาพสแกน</translation>
    </message>
    <message>
        <source>Tally forms are being read</source>
        <translation>กำลังอ่านแบบ</translation>
    </message>
    <message>
        <source>Reading goes on</source>
        <translation>ยังอ่านอยู่</translation>
    </message>
    <message>
        <source>Ballots are still being read. Stop reading?</source>
        <translation>ยังอ่านแบบไม่เสร็จ หยุดอ่านหรือไม่</translation>
    </message>
    <message>
        <source>What was read is saved. The rest can be read later.</source>
        <translation>ที่อ่านแล้วบันทึกไว้แล้ว ที่เหลืออ่านภายหลังได้</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>หยุดอ่าน</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>อ่านต่อ</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>พัก(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>อ่านต่อ(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>เริ่ม(&amp;S)</translation>
    </message>
    <message>
        <source>Open a folder of scans</source>
        <translation>เปิดโฟลเดอร์ภาพสแกน</translation>
    </message>
    <message>
        <source>Add scans</source>
        <translation>เพิ่มภาพสแกน</translation>
    </message>
    <message>
        <source>Scans</source>
        <translation>ภาพสแกน</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>ทุกแฟ้ม</translation>
    </message>
    <message>
        <source>TallyDesk projects</source>
        <translation>โครงการ TallyDesk</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>โครงการใหม่</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>เปิดโครงการ</translation>
    </message>
    <message>
        <source>Remove from the project</source>
        <translation>นำออกจากโครงการ</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n ballot(s) from this project?</source>
        <translation>
            <numerusform>นำ %n แบบออกจากโครงการนี้หรือไม่</numerusform>
        </translation>
    </message>
    <message>
        <source>The scans stay where they are. Adding them again brings back what was read.</source>
        <translation>ภาพสแกนยังอยู่ที่เดิม เมื่อเพิ่มกลับเข้ามา ผลที่อ่านแล้วจะกลับมาด้วย</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>นำออก</translation>
    </message>
    <message>
        <source>Ballots that are being read stay. Stop the run to remove them.</source>
        <translation>แบบที่กำลังอ่านยังคงอยู่ โปรดหยุดก่อนจึงนำออกได้</translation>
    </message>
    <message numerus="yes">
        <source>All %n ballot(s) are settled. You can export now.</source>
        <translation>
            <numerusform>ยืนยันครบทั้ง %n แบบแล้ว ส่งออกได้</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing needs review now. %n ballot(s) are still to be read.</source>
        <translation>
            <numerusform>ขณะนี้ไม่มีแบบที่ต้องตรวจ ยังต้องอ่านอีก %n แบบ</numerusform>
        </translation>
    </message>
    <message>
        <source>These ballots are being read. Stop the run to arrange their pages.</source>
        <translation>กำลังอ่านแบบเหล่านี้ โปรดหยุดการอ่านก่อนจัดหน้า</translation>
    </message>
    <message>
        <source>These files could not be opened, so there are no pages to arrange.</source>
        <translation>เปิดแฟ้มเหล่านี้ไม่ได้ จึงไม่มีหน้าให้จัด</translation>
    </message>
    <message numerus="yes">
        <source>Choose fewer ballots: at most %n pages can be arranged at a time.</source>
        <translation>
            <numerusform>โปรดเลือกแบบให้น้อยลง จัดได้ครั้งละไม่เกิน %n หน้า</numerusform>
        </translation>
    </message>
    <message>
        <source>One of these ballots is being read now. Arrange its pages after the run.</source>
        <translation>กำลังอ่านแบบหนึ่งในนี้อยู่ โปรดจัดหน้าหลังอ่านเสร็จ</translation>
    </message>
    <message>
        <source>The pages are arranged. Press Start to read them.</source>
        <translation>จัดหน้าแล้ว กดเริ่มเพื่ออ่าน</translation>
    </message>
    <message>
        <source>Move to another project</source>
        <translation>ย้ายไปโครงการอื่น</translation>
    </message>
    <message>
        <source>This is the project that is open. Choose another one.</source>
        <translation>นี่คือโครงการที่เปิดอยู่ โปรดเลือกโครงการอื่น</translation>
    </message>
    <message>
        <source>Ballots that are being read stay. Stop the run to move them.</source>
        <translation>แบบที่กำลังอ่านจะยังอยู่ โปรดหยุดการอ่านก่อนย้าย</translation>
    </message>
    <message>
        <source>All decisions are saved.</source>
        <translation>บันทึกผลการตรวจทานครบแล้ว</translation>
    </message>
    <message>
        <source>Decisions are not saved</source>
        <translation>ยังไม่ได้บันทึกผลการตรวจทาน</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) could not be written to the project file. Leave without them?</source>
        <translation>
            <numerusform>เขียนผลการตรวจทาน %n รายการลงแฟ้มโครงการไม่ได้ จะออกโดยไม่มีรายการเหล่านี้หรือไม่</numerusform>
        </translation>
    </message>
    <message>
        <source>They are tried again when you leave; what can&apos;t be written then is lost. Go back to make room on the disk, or to close the program that holds the file.</source>
        <translation>โปรแกรมจะลองเขียนอีกครั้งเมื่อออก สิ่งที่เขียนไม่ได้จะหายไป โปรดกลับไปเพิ่มที่ว่างในดิสก์ หรือปิดโปรแกรมที่ใช้แฟ้มอยู่</translation>
    </message>
    <message>
        <source>Changes are not settled</source>
        <translation>ยังไม่ได้ยืนยันการแก้ไข</translation>
    </message>
    <message numerus="yes">
        <source>You changed %n ballot(s) without settling them. Leave them as they were read?</source>
        <translation>
            <numerusform>ท่านแก้ไข %n แบบโดยยังไม่ยืนยัน จะปล่อยไว้ตามที่อ่านหรือไม่</numerusform>
        </translation>
    </message>
    <message>
        <source>What you typed there is lost. Go back to settle it first.</source>
        <translation>สิ่งที่พิมพ์ไว้จะหายไป โปรดกลับไปยืนยันก่อน</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>ปล่อยไว้</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>กลับไป</translation>
    </message>
    <message numerus="yes">
        <source>All %n ballot(s) are done</source>
        <translation>
            <numerusform>เสร็จครบ %n แบบ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s) are done</source>
        <translation>
            <numerusform>เสร็จ %n แบบ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) review</source>
        <translation>
            <numerusform>รอตรวจทาน %n แบบ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>อ่านไม่สำเร็จ %n แบบ</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Nothing needs review. You can export now.</source>
        <translation>%1 ไม่มีแบบที่ต้องตรวจทาน ส่งออกได้แล้ว</translation>
    </message>
    <message>
        <source>%1: %2. Open Review to settle them.</source>
        <translation>%1: %2 โปรดเปิดตรวจทานเพื่อจัดการ</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>tallydesk::NumberRow</name>
    <message>
        <source>Use %1</source>
        <translation>ใช้ %1</translation>
    </message>
    <message>
        <source>Use %1 for %2</source>
        <translation>ใช้ %1 กับ%2</translation>
    </message>
    <message>
        <source>digits not read</source>
        <translation>อ่านตัวเลขไม่ได้</translation>
    </message>
    <message>
        <source>dash</source>
        <translation>ขีด</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>เว้นว่าง</translation>
    </message>
    <message>
        <source>no words for this number</source>
        <translation>จำนวนนี้ไม่มีช่องตัวอักษร</translation>
    </message>
    <message>
        <source>words not read</source>
        <translation>อ่านตัวอักษรไม่ได้</translation>
    </message>
    <message>
        <source>%1 = %2</source>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>confirm, next</source>
        <translation>ยืนยัน ไปช่องถัดไป</translation>
    </message>
    <message>
        <source>choose a reading</source>
        <translation>เลือกค่าที่อ่านได้</translation>
    </message>
    <message>
        <source>There is no picture of this cell. Look at the page.</source>
        <translation>ไม่มีภาพของช่องนี้ โปรดดูที่หน้า</translation>
    </message>
    <message>
        <source>digits say</source>
        <translation>ตัวเลข</translation>
    </message>
    <message>
        <source>or</source>
        <translation>หรือ</translation>
    </message>
    <message>
        <source>words say</source>
        <translation>ตัวอักษร</translation>
    </message>
</context>
<context>
    <name>tallydesk::PacePanel</name>
    <message>
        <source>Evenly spaced, retries included. 2 suits a paid key.</source>
        <translation>เว้นระยะเท่ากัน รวมการลองใหม่ 2 เหมาะกับกุญแจที่เสียเงิน</translation>
    </message>
    <message>
        <source>A free key of OpenRouter takes 20.</source>
        <translation>กุญแจฟรีของ OpenRouter ได้ 20</translation>
    </message>
    <message>
        <source>How often one form is tried before it counts as failed.</source>
        <translation>ลองแต่ละแบบกี่ครั้งก่อนถือว่าอ่านไม่สำเร็จ</translation>
    </message>
    <message>
        <source>Before another attempt, unless the service says how long.</source>
        <translation>ก่อนลองใหม่ เว้นแต่บริการบอกเวลาเอง</translation>
    </message>
    <message>
        <source>A free key of OpenRouter takes 50. Then the batch waits and goes on tomorrow.</source>
        <translation>กุญแจฟรีของ OpenRouter ได้ 50 ครั้ง จากนั้นชุดงานจะรอและอ่านต่อพรุ่งนี้</translation>
    </message>
    <message>
        <source>A run stops when its answers have cost this much.</source>
        <translation>การอ่านจะหยุดเมื่อค่าใช้จ่ายถึงจำนวนนี้</translation>
    </message>
</context>
<context>
    <name>tallydesk::PreviewPanel</name>
    <message>
        <source>Page %1</source>
        <translation>หน้า %1</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>หน้า %1 จาก %2</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>The pages of the selected ballot will be here.</source>
        <translation>หน้าของแบบที่เลือกจะแสดงที่นี่</translation>
    </message>
</context>
<context>
    <name>tallydesk::ProjectDesk</name>
    <message>
        <source>%1 has the same content as %2</source>
        <translation>%1 มีเนื้อหาเหมือน %2</translation>
    </message>
    <message>
        <source>No scans were found there. Choose a folder that holds PDF or image files.</source>
        <translation>ไม่พบภาพสแกนที่นั่น โปรดเลือกโฟลเดอร์ที่มี PDF หรือภาพ</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are there twice. Both are read; remove the copies before you export.</source>
        <translation>
            <numerusform>มี %n แฟ้มซ้ำกัน จะอ่านทั้งคู่ โปรดนำสำเนาออกก่อนส่งออก</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or folder(s) could not be taken in. Nothing in them is counted.</source>
        <translation>
            <numerusform>นำ %n แฟ้มหรือโฟลเดอร์เข้ามาไม่ได้ สิ่งที่อยู่ในนั้นไม่ถูกนับ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s) could not be read again. What was read before still counts.</source>
        <translation>
            <numerusform>อ่านซ้ำไม่สำเร็จ %n แบบ ผลที่อ่านไว้ก่อนหน้ายังใช้อยู่</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are no scans and were left alone.</source>
        <translation>
            <numerusform>%n แฟ้มไม่ใช่ภาพสแกน จึงไม่ได้ใช้</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s) moved to %1.</source>
        <translation>
            <numerusform>ย้าย %n แบบไปยัง %1 แล้ว</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::RecentModel</name>
    <message>
        <source>Today, %1</source>
        <translation>วันนี้ %1</translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation>เมื่อวาน %1</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>เปิดไม่ได้</translation>
    </message>
    <message>
        <source>%1 to review</source>
        <translation>รอตรวจทาน %1</translation>
    </message>
    <message>
        <source>%1 not read yet</source>
        <translation>ยังไม่ได้อ่าน %1</translation>
    </message>
    <message>
        <source>All settled</source>
        <translation>ครบแล้ว</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>ว่าง</translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s)</source>
        <translation>
            <numerusform>%n แบบ</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>อ่านไม่สำเร็จ %1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>tallydesk::ReviewPanel</name>
    <message>
        <source>A ballot that needs a look will be here: its findings, and every number beside the picture of its cell.</source>
        <translation>แบบที่ต้องดูจะแสดงที่นี่: สิ่งที่พบ และทุกจำนวนข้างภาพของช่อง</translation>
    </message>
    <message>
        <source>Accept ballot</source>
        <translation>ยืนยันทั้งแบบ</translation>
    </message>
    <message>
        <source>party-list</source>
        <translation>แบบบัญชีรายชื่อ</translation>
    </message>
    <message>
        <source>constituency</source>
        <translation>แบบแบ่งเขตเลือกตั้ง</translation>
    </message>
    <message>
        <source>%1, constituency %2</source>
        <translation>จังหวัด%1 เขตเลือกตั้งที่ %2</translation>
    </message>
    <message>
        <source>Ballot %1 of %2</source>
        <translation>แบบที่ %1 จาก %2</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) open</source>
        <translation>
            <numerusform>ยังผิดอยู่ %n ข้อ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept ballot, %n error(s) open</source>
        <translation>
            <numerusform>ยืนยันทั้งแบบ ยังผิดอยู่ %n ข้อ</numerusform>
        </translation>
    </message>
    <message>
        <source>The ballot can be accepted once no error is open.</source>
        <translation>ยืนยันแบบได้เมื่อไม่มีข้อผิดค้าง</translation>
    </message>
    <message>
        <source>The numbers are as on the paper. Keep them.</source>
        <translation>ตัวเลขตรงกับกระดาษ เก็บไว้</translation>
    </message>
    <message>
        <source>Recorded without a name, %1. Undo is possible.</source>
        <translation>บันทึกโดยไม่มีชื่อ %1 เลิกทำได้</translation>
    </message>
    <message>
        <source>Recorded as %1, %2. Undo is possible.</source>
        <translation>บันทึกในชื่อ %1 %2 เลิกทำได้</translation>
    </message>
    <message>
        <source>Form not known</source>
        <translation>ไม่รู้จักแบบ</translation>
    </message>
</context>
<context>
    <name>tallydesk::ReviewSession</name>
    <message>
        <source>mark the ballot unreadable</source>
        <translation>บันทึกว่าแบบอ่านไม่ออก</translation>
    </message>
    <message>
        <source>accept the ballot</source>
        <translation>ยืนยันแบบ</translation>
    </message>
    <message>
        <source>settle the ballot as written</source>
        <translation>บันทึกแบบตามที่เขียน</translation>
    </message>
    <message>
        <source>change a number</source>
        <translation>แก้จำนวน</translation>
    </message>
    <message>
        <source>mark a number unreadable</source>
        <translation>บันทึกว่าจำนวนอ่านไม่ออก</translation>
    </message>
    <message>
        <source>confirm a field</source>
        <translation>ยืนยันช่อง</translation>
    </message>
    <message>
        <source>confirm a number</source>
        <translation>ยืนยันจำนวน</translation>
    </message>
    <message>
        <source>put the old value back</source>
        <translation>คืนค่าเดิม</translation>
    </message>
    <message>
        <source>change a field</source>
        <translation>แก้ช่อง</translation>
    </message>
    <message>
        <source>choose the form</source>
        <translation>เลือกแบบ</translation>
    </message>
    <message>
        <source>note the explanation on paper</source>
        <translation>บันทึกว่ามีคำชี้แจงในแบบ</translation>
    </message>
</context>
<context>
    <name>tallydesk::ReviewSheet</name>
    <message>
        <source>As written on paper: %1</source>
        <translation>ตามที่เขียน: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more finding(s)</source>
        <translation>
            <numerusform>สิ่งที่พบอีก %n ข้อ</numerusform>
        </translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>แสดงน้อยลง</translation>
    </message>
    <message>
        <source>All %1 rules hold</source>
        <translation>ถูกต้องครบ %1 ข้อ</translation>
    </message>
    <message>
        <source>%1 of %2 rules hold</source>
        <translation>ถูกต้อง %1 จาก %2 ข้อ</translation>
    </message>
    <message>
        <source>Only what is open</source>
        <translation>เฉพาะที่ค้าง</translation>
    </message>
    <message>
        <source>Whole form</source>
        <translation>ทั้งแบบ</translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) still to be confirmed.</source>
        <translation>
            <numerusform>ยังต้องยืนยันอีก %n จำนวน</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %n number(s) of this form were read with certainty.</source>
        <translation>
            <numerusform>อีก %n จำนวนในแบบนี้อ่านได้แน่ใจ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>และอีก %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the form</source>
        <translation>เลือกแบบ</translation>
    </message>
    <message>
        <source>party-list</source>
        <translation>แบบบัญชีรายชื่อ</translation>
    </message>
    <message>
        <source>constituency</source>
        <translation>แบบแบ่งเขตเลือกตั้ง</translation>
    </message>
    <message>
        <source>%1, from the folder name</source>
        <translation>%1 จากชื่อโฟลเดอร์</translation>
    </message>
    <message>
        <source>Step through them with Enter.</source>
        <translation>กด Enter เพื่อไปทีละจำนวน</translation>
    </message>
</context>
<context>
    <name>tallydesk::RunBar</name>
    <message>
        <source>On this computer</source>
        <translation>ในเครื่องนี้</translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s) to review</source>
        <translation>
            <numerusform>รอตรวจทาน %n แบบ</numerusform>
        </translation>
    </message>
    <message>
        <source> at once</source>
        <translation> พร้อมกัน</translation>
    </message>
</context>
<context>
    <name>tallydesk::RunStatus</name>
    <message>
        <source>Less than a minute left</source>
        <translation>เหลือไม่ถึงหนึ่งนาที</translation>
    </message>
    <message numerus="yes">
        <source>About %n min left</source>
        <translation>
            <numerusform>เหลือประมาณ %n นาที</numerusform>
        </translation>
    </message>
    <message>
        <source>About %1 h left</source>
        <translation>เหลือประมาณ %1 ชั่วโมง</translation>
    </message>
    <message>
        <source>Scans go to %1</source>
        <translation>ส่งภาพสแกนไปยัง %1</translation>
    </message>
    <message>
        <source>Scans stay on this computer</source>
        <translation>ภาพสแกนอยู่ในเครื่องนี้เท่านั้น</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>กำลังบันทึก</translation>
    </message>
    <message>
        <source>All changes saved</source>
        <translation>บันทึกครบแล้ว</translation>
    </message>
    <message numerus="yes">
        <source>Not saved: %n decision(s)</source>
        <translation>
            <numerusform>ยังไม่ได้บันทึก: %n รายการ</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for scans: %1</source>
        <translation>กำลังหาภาพสแกน: %1</translation>
    </message>
    <message>
        <source>Looking through scans: %1 of %2</source>
        <translation>กำลังดูภาพสแกน: %1 จาก %2</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>เสร็จ %1 จาก %2</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>พร้อม</translation>
    </message>
    <message>
        <source>%1 a minute</source>
        <translation>%1 ต่อนาที</translation>
    </message>
    <message>
        <source>%1 to review</source>
        <translation>รอตรวจทาน %1</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>อ่านไม่สำเร็จ %1</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>กำลังเตรียม</translation>
    </message>
    <message>
        <source>Paused. Nothing is lost.</source>
        <translation>พักอยู่ ข้อมูลไม่สูญหาย</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>กำลังหยุด</translation>
    </message>
    <message>
        <source>The service asks to wait %1 s. Nothing is lost.</source>
        <translation>บริการขอให้รอ %1 วินาที ข้อมูลไม่สูญหาย</translation>
    </message>
    <message>
        <source>Slowed to %1 a second by the service</source>
        <translation>บริการให้ช้าลงเหลือ %1 ครั้งต่อวินาที</translation>
    </message>
    <message numerus="yes">
        <source>What the service&apos;s answers of this run cost. %n token(s).</source>
        <translation>
            <numerusform>ค่าใช้จ่ายของคำตอบในการอ่านครั้งนี้ %n โทเคน</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ServicePage</name>
    <message>
        <source>This service gives no list. Enter the name of the model by hand.</source>
        <translation>บริการนี้ไม่มีรายชื่อให้ โปรดพิมพ์ชื่อโมเดลเอง</translation>
    </message>
    <message numerus="yes">
        <source>%n models that read pictures.</source>
        <translation>
            <numerusform>มี %n โมเดลที่อ่านภาพได้</numerusform>
        </translation>
    </message>
    <message>
        <source>A model that reads pictures, as the service calls it.</source>
        <translation>โมเดลที่อ่านภาพได้ ตามชื่อที่บริการใช้</translation>
    </message>
    <message>
        <source>This model does not read pictures. Choose another one.</source>
        <translation>โมเดลนี้อ่านภาพไม่ได้ โปรดเลือกโมเดลอื่น</translation>
    </message>
    <message>
        <source>Reads pictures and gives strict answers.</source>
        <translation>อ่านภาพได้ และตอบตามรูปแบบที่กำหนด</translation>
    </message>
    <message>
        <source>Reads pictures.</source>
        <translation>อ่านภาพได้</translation>
    </message>
    <message>
        <source>OpenRouter, or any service that speaks the same language as OpenAI&apos;s.</source>
        <translation>OpenRouter หรือบริการใดก็ได้ที่ใช้วิธีติดต่อแบบเดียวกับ OpenAI</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>หยุด</translation>
    </message>
    <message>
        <source>Get the list</source>
        <translation>ขอรายชื่อ</translation>
    </message>
    <message>
        <source>Stop asking for models</source>
        <translation>เลิกขอรายชื่อโมเดล</translation>
    </message>
    <message>
        <source>Get the list of models</source>
        <translation>ขอรายชื่อโมเดล</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>ตามระบบ</translation>
    </message>
    <message>
        <source>None</source>
        <translation>ไม่ใช้</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>ใช้ที่นี่:</translation>
    </message>
    <message>
        <source>The way to the network that some offices prescribe.</source>
        <translation>ทางออกเครือข่ายที่บางสำนักงานกำหนดให้ใช้</translation>
    </message>
    <message>
        <source>Reads again what was not accepted; both readings are shown side by side.</source>
        <translation>อ่านซ้ำแบบที่ยังไม่ผ่าน และแสดงผลทั้งสองคู่กัน</translation>
    </message>
</context>
<context>
    <name>tallydesk::SettingsDialog</name>
    <message>
        <source>Reader</source>
        <translation>ผู้อ่าน</translation>
    </message>
    <message>
        <source>AI service</source>
        <translation>บริการ AI</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>ตรวจทาน</translation>
    </message>
    <message>
        <source>Language and display</source>
        <translation>ภาษาและการแสดงผล</translation>
    </message>
    <message>
        <source>Scans stay here. No key and no network are needed.</source>
        <translation>ภาพสแกนอยู่ที่นี่ ไม่ต้องใช้กุญแจหรือเครือข่าย</translation>
    </message>
    <message>
        <source>Page pictures go to the service that is named under AI service. It costs money or has a daily limit.</source>
        <translation>ภาพหน้าแบบจะส่งไปยังบริการที่ระบุในหัวข้อบริการ AI ซึ่งมีค่าใช้จ่ายหรือจำกัดจำนวนต่อวัน</translation>
    </message>
    <message>
        <source>Stands in the results beside every form that you settle, so that others can ask you.</source>
        <translation>จะอยู่ในผลข้างทุกแบบที่ท่านยืนยัน เพื่อให้ผู้อื่นถามท่านได้</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>ตามระบบ</translation>
    </message>
    <message>
        <source>Results are the same in every language.</source>
        <translation>ผลเหมือนกันทุกภาษา</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>สว่าง</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>มืด</translation>
    </message>
    <message>
        <source>Scans keep the white of their paper in both.</source>
        <translation>ภาพสแกนคงสีขาวของกระดาษทั้งสองแบบ</translation>
    </message>
    <message numerus="yes">
        <source>How many forms are read side by side. Automatic: adjusted to the service’s speed, and one for each of the %n processors of this computer when it reads by itself.</source>
        <translation>
            <numerusform>จำนวนแบบที่อ่านพร้อมกัน อัตโนมัติ: ปรับตามความเร็วของบริการ และหนึ่งแบบต่อหน่วยประมวลผลเมื่ออ่านในเครื่อง เครื่องนี้มี %n หน่วย</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::StartDialog</name>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>ประมาณ %n นาที</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>ประมาณ %1 ชั่วโมง</translation>
    </message>
    <message numerus="yes">
        <source>Read %n ballot(s) with %1?</source>
        <translation>
            <numerusform>อ่าน %n แบบด้วย %1 หรือไม่</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) will be sent.</source>
        <translation>
            <numerusform>จะส่ง %n ภาพ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s), </source>
        <translation>
            <numerusform>%n คำขอ </numerusform>
        </translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>ประมาณ %1</translation>
    </message>
    <message>
        <source>not known before the first answers</source>
        <translation>ยังไม่ทราบจนกว่าจะได้คำตอบแรก</translation>
    </message>
    <message>
        <source>Asking the service…</source>
        <translation>กำลังถามบริการ…</translation>
    </message>
    <message>
        <source>The service says nothing about it.</source>
        <translation>บริการไม่บอกข้อมูลนี้</translation>
    </message>
    <message>
        <source>Free key</source>
        <translation>กุญแจฟรี</translation>
    </message>
    <message>
        <source>Paid key</source>
        <translation>กุญแจแบบจ่ายเงิน</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>เหลือ %1</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) left today</source>
        <translation>
            <numerusform>วันนี้เหลือ %n คำขอ</numerusform>
        </translation>
    </message>
    <message>
        <source>The credit on the key will not suffice. The batch stops when it is used up; what was read is kept.</source>
        <translation>เครดิตของกุญแจไม่พอ ชุดงานจะหยุดเมื่อเครดิตหมด ผลที่อ่านแล้วไม่สูญหาย</translation>
    </message>
    <message>
        <source>Today’s quota will not suffice. The batch stops at the limit and goes on by itself tomorrow, or when you start it again.</source>
        <translation>โควตาวันนี้ไม่พอ ชุดงานจะหยุดเมื่อครบโควตา แล้วอ่านต่อเองในวันพรุ่งนี้หรือเมื่อท่านเริ่มใหม่</translation>
    </message>
</context>
<context>
    <name>tallydesk::StateChips</name>
    <message>
        <source>All</source>
        <translation>ทั้งหมด</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>ผ่านแล้ว</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>รอตรวจทาน</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>อ่านไม่สำเร็จ</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>กำลังอ่าน</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>รออ่าน</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>ยืนยันแล้ว</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>แสดง: %1</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>ลองใหม่</translation>
    </message>
</context>
<context>
    <name>tallydesk::WelcomePanel</name>
    <message>
        <source>Remove from this list</source>
        <translation>นำออกจากรายการนี้</translation>
    </message>
    <message>
        <source>Let go to add these scans</source>
        <translation>ปล่อยเพื่อเพิ่มภาพสแกนเหล่านี้</translation>
    </message>
    <message>
        <source>Drop a folder of scans here</source>
        <translation>ลากโฟลเดอร์ภาพสแกนมาวางที่นี่</translation>
    </message>
</context>
</TS>
