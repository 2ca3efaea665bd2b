import { IsInt, IsString } from 'class-validator';

/** A note in replies: they are sent with these fields only. */
export class Note {
  @IsInt()
  id!: number;

  @IsString()
  text!: string;
}
